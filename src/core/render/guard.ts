import { absolutePath } from '../base/index.ts'
import type { Fleet, Peer } from '../fleet/index.ts'
import { printGuardScript } from '../guard/index.ts'
import { transferKeyOf } from './base/server-lists.ts'
import { printKey } from './base/shared-text.ts'
import { joinLines, quoteString } from './conf-text.ts'
import { layoutOf } from './layout.ts'
import type { RenderedFile, RenderedZone, Sources } from './rendered.ts'

/** Whose guard is rendered, and what it is to keep safe. */
export type GuardRequest = {
  readonly fleet: Fleet
  readonly sources: Sources
  readonly peer: Peer
  readonly zones: readonly RenderedZone[]
}

/** The guard of a peer: the script, and what it needs to know besides `baton/state`. None of it changes with the role. */
export function renderGuard(request: GuardRequest): readonly RenderedFile[] {
  const { fleet, sources, peer, zones } = request
  const layout = layoutOf(fleet, peer)
  const key = printKey(sources, transferKeyOf(fleet, fleet.views[0]?.name))
  return [
    { path: layout.guard, content: printGuardScript(), mode: 0o755, secret: false },
    { path: layout.guardKey, content: joinLines(key), mode: 0o640, secret: true },
    { path: layout.guardControl, content: printControl(request), mode: 0o640, secret: true },
    { path: layout.guardZones, content: printZones(peer, zones), mode: 0o644, secret: false },
  ]
}

function printControl({ sources, peer }: GuardRequest): string {
  const { address, port, key } = peer.control
  return joinLines([
    ...printKey(sources, key),
    'options {',
    `\tdefault-server ${address};`,
    `\tdefault-port ${port};`,
    `\tdefault-key ${quoteString(key)};`,
    '};',
  ])
}

/** A line a zone with tabs between: set, zone, view, whether it takes updates, file and journal, both absolute. */
function printZones(peer: Peer, zones: readonly RenderedZone[]): string {
  const absolute = (path: string) => absolutePath(peer.paths.directory, path)
  return zones
    .map(({ set, name, view, dynamic, file, journal }) =>
      [set, name, view, dynamic ? 'dynamic' : 'static', absolute(file), absolute(journal)]
        .join('\t')
        .concat('\n'),
    )
    .join('')
}
