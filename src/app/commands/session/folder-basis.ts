import { createHash } from 'node:crypto'
import { type Diagnostic, ok, type Result } from '../../../core/base/index.ts'
import { type Fleet, isManaged } from '../../../core/fleet/index.ts'
import { changesWithRole } from '../../../core/pushed/index.ts'
import { type RenderedServer, render, type Sources } from '../../../core/render/index.ts'
import type { Expected } from '../../../core/snapshot/index.ts'
import { BUILD } from './build.ts'
import { type DigestedRendering, digestRendering } from './digested-rendering.ts'
import {
  type RenderingOrder,
  recallRendering,
  rememberRendering,
  renderingKey,
} from './remembered-rendering.ts'

/** What the servers should hold, and from where that is known. */
export type Basis = {
  readonly sources: Sources
  readonly rendered: ReadonlyMap<string, RenderedServer>
  readonly expected: Expected
  /**
   * Peer → its `named.standby.conf` as it lies there, from which its other configurations are made; nothing where they are
   * rendered.
   */
  readonly installed: ReadonlyMap<string, string> | undefined
  /** Server → files that were pushed and would be rendered otherwise now, from the same folder; what lies there counts. */
  readonly outdated: ReadonlyMap<string, Outdated>
  readonly warnings: readonly Diagnostic[]
  /** What a person should know of the difference between the fleet folder and what was pushed, in sentences. */
  readonly remarks: readonly string[]
}

/** `baton` is the version that pushed them. */
export type Outdated = { readonly paths: readonly string[]; readonly baton: string }

/** What the fleet folder renders to. */
export async function basisFromFolder(order: RenderingOrder): Promise<Result<Basis, readonly Diagnostic[]>> {
  const digested = await renderDigested(order)
  if (!digested.ok) return digested
  const { servers, warnings } = digested.value.rendering
  const expected = expectedOf(order.fleet, digested.value)
  const { sources } = order
  const common = { installed: undefined, outdated: new Map<string, Outdated>(), remarks: [] }
  return ok({ ...common, sources, rendered: servers, expected, warnings })
}

/** As it was remembered, where nothing changed since; else rendered, and remembered. */
async function renderDigested(
  order: RenderingOrder,
): Promise<Result<DigestedRendering, readonly Diagnostic[]>> {
  const key = BUILD === undefined ? undefined : renderingKey(order, BUILD)
  const recalled = key === undefined ? undefined : await recallRendering(order, key)
  if (recalled !== undefined) return ok(recalled)
  const rendering = render(order.fleet, order.sources, order.standings)
  if (!rendering.ok) return rendering
  const digested = digestRendering(rendering.value)
  if (key !== undefined) await rememberRendering(order.fleet, key, digested)
  return ok(digested)
}

function expectedOf(fleet: Fleet, { rendering, digests }: DigestedRendering): Expected {
  return new Map(
    fleet.servers.map(server => {
      const zones = rendering.servers.get(server.name)?.zones ?? []
      return [server.name, { zones, digests: isManaged(server) ? digests.get(server.name) : undefined }]
    }),
  )
}

/** A digest over all that does not change with the roles. */
export function fingerprintOfFolder(expected: Expected): string {
  const hash = createHash('sha256')
  for (const [server, { zones, digests }] of expected) {
    hash.update(`${server} ${zones.length}\n`)
    for (const [path, digest] of digests ?? []) if (!changesWithRole(path)) hash.update(`${path} ${digest}\n`)
  }
  return hash.digest('hex')
}
