import { type Failure, ok, type Result, type Serial } from '../../core/base/index.ts'
import type { RenderedZone } from '../../core/render/index.ts'
import type { ZoneType } from '../../core/snapshot/index.ts'
import { type ServerLink, seeZones } from '../observe/index.ts'
import { idOf, type RunContext } from './context.ts'
import { stagingFolder } from './staging.ts'

/** A zone that was loaded before a push touched its server. */
export type LoadedZone = { readonly serial: Serial; readonly type: ZoneType }

const RECORD_MODE = 0o600

/**
 * Which zones of a server were loaded before its files were replaced, by `zoneId`. Asked once and kept on the server:
 * after a crash named would tell what loads now, and a zone that a push broke would count as one that never loaded. A
 * server that does not tell fails it, because nothing could be verified afterwards.
 */
export async function recallLoaded(
  context: RunContext,
  link: ServerLink,
  zones: readonly RenderedZone[],
): Promise<Result<ReadonlyMap<string, LoadedZone>, Failure>> {
  const kept = await keptLoaded(context, link)
  if (!kept.ok) return kept
  if (kept.value !== undefined) return ok(kept.value)
  const seen = await seeZones(context.links, link, zones)
  if (!seen.ok) return seen
  const loaded = new Map<string, LoadedZone>()
  for (const zone of zones) {
    const id = idOf(zone)
    const found = seen.value.zones.get(id)
    if (found?.serial !== undefined) loaded.set(id, { serial: found.serial, type: found.type })
  }
  const content = `${JSON.stringify([...loaded])}\n`
  const path = recordPath(context, link)
  const recorded = await link.host.replace({ path, content, mode: RECORD_MODE, user: undefined })
  return recorded.ok ? ok(loaded) : recorded
}

/** The same as it was written down; nothing where that was not done, and so no file was replaced either. */
export async function keptLoaded(
  context: RunContext,
  link: ServerLink,
): Promise<Result<ReadonlyMap<string, LoadedZone> | undefined, Failure>> {
  const kept = await link.host.read(recordPath(context, link))
  if (kept.ok) return ok(parseRecord(new TextDecoder().decode(kept.value)))
  return kept.error.code === 'hosts.missing' ? ok(undefined) : kept
}

function recordPath({ plan }: RunContext, { server }: ServerLink): string {
  return `${stagingFolder(server, plan.run)}/loaded.json`
}

/** Our own file, written whole or not at all. */
function parseRecord(text: string): ReadonlyMap<string, LoadedZone> {
  return new Map(JSON.parse(text) as readonly (readonly [string, LoadedZone])[])
}
