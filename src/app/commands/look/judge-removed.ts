import { activeAsRemoved, type Verdict } from '../../../core/snapshot/index.ts'
import { linesNaming } from '../session/lines-naming.ts'
import type { Session } from '../session/session.ts'

/** What there is to say of peers that were removed for good and are named all the same. */
export async function judgeRemoved({ folder, seeRemoved }: Session): Promise<readonly Verdict[]> {
  return (await seeRemoved()).map((peer): Verdict => {
    const { server } = peer.record
    return activeAsRemoved(peer).length > 0
      ? { kind: 'removed-active', server, peer }
      : { kind: 'removed-named', server, peer, lines: linesNaming(folder.fleetFile, server) }
  })
}
