import { type Failure, ok, type Result } from '../../../core/base/index.ts'
import type { LoadedZone } from '../../../core/plan/index.ts'
import type { RenderedZone } from '../../../core/render/index.ts'
import { type ServerLink, seeZones } from '../../observe/index.ts'
import { idOf, type LoadedZones, type RunContext } from '../context.ts'
import { stagingFolder } from '../files/staging.ts'

/**
 * Which zones of a server were loaded before its files were replaced, by `zoneId`. Asked once and kept in the journal:
 * after a crash named would tell what loads now, and a zone that a push broke would count as one that never loaded. A
 * server that does not tell fails it, because nothing could be verified afterwards.
 */
export async function recallLoaded(
  context: RunContext,
  link: ServerLink,
  zones: readonly RenderedZone[],
): Promise<Result<LoadedZones, Failure>> {
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
  const recorded = await context.outcomes.record({ loaded: Object.fromEntries(loaded) })
  return recorded.ok ? ok(loaded) : recorded
}

/** The same as it was written down; nothing where that was not done, and so no file was replaced either. */
export async function keptLoaded(
  context: RunContext,
  link: ServerLink,
): Promise<Result<LoadedZones | undefined, Failure>> {
  const { loaded } = context.outcomes.own()
  if (loaded !== undefined) return ok(new Map(Object.entries(loaded)))
  if (context.plan.version > 1) return ok(undefined)
  // A run that an older Baton began has it in a file of the server.
  const kept = await link.host.read(`${stagingFolder(link.server, context.plan.run)}/loaded.json`)
  if (kept.ok) return ok(new Map(JSON.parse(new TextDecoder().decode(kept.value)) as [string, LoadedZone][]))
  return kept.error.code === 'hosts.missing' ? ok(undefined) : kept
}
