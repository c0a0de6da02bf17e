import { type Failure, invariant, ok, type Result, VERSION } from '../../../core/base/index.ts'
import type { StepOf } from '../../../core/plan/index.ts'
import {
  type FileDigests,
  PUSHED_MODE,
  PUSHED_PATH,
  PUSHED_ZONES_PATH,
  type PushedRecord,
  printPushed,
  recordOf,
  saysTheSame,
} from '../../../core/pushed/index.ts'
import { readCheckout } from '../../../io/hosts/index.ts'
import { linkOf } from '../../../io/observe/index.ts'
import { systemClock, timestamp } from '../session/clock.ts'
import { newestPushes } from '../session/last-pushes.ts'
import { currentOperator } from '../session/operator.ts'
import type { Session } from '../session/session.ts'

/** What a push has to write down on each peer; none for a peer on which the same stands already. */
export async function findRecords(session: Session): Promise<Result<readonly StepOf<'record'>[], Failure>> {
  const record = await recordNow(session)
  const steps: StepOf<'record'>[] = []
  for (const [server, seen] of session.pushes) {
    if (!seen.ok) return seen
    const { host, server: peer } = linkOf(session.links, server)
    const path = `${peer.paths.configuration}/${PUSHED_ZONES_PATH}`
    const digests = await host.digests([path])
    if (!digests.ok) return digests
    const digestBefore = digests.value.get(path)
    const digest = record.pushed.zonesDigest
    const isSame = seen.value !== undefined && saysTheSame(seen.value.pushed, record.pushed)
    if (isSame && digestBefore === digest) continue
    steps.push({
      kind: 'record',
      server,
      zones: { path, mode: PUSHED_MODE, digest, digestBefore },
      pushed: {
        path: `${peer.paths.configuration}/${PUSHED_PATH}`,
        mode: PUSHED_MODE,
        content: printPushed(record.pushed),
        before: seen.value?.text,
      },
    })
  }
  return ok(steps)
}

/** What this push would write down. */
async function recordNow({ fleet, rendered, expected, folder, pushes }: Session): Promise<PushedRecord> {
  const { digest } = folder
  invariant(digest !== undefined, 'what was rendered was read')
  const digests: FileDigests = new Map(
    [...expected].map(([server, own]) => [server, own.digests ?? new Map<string, string>()]),
  )
  const [last] = newestPushes(pushes)
  const checkout = await readCheckout(fleet.folder)
  return recordOf(
    fleet,
    { servers: rendered, digests },
    {
      folder: { digest, commit: checkout?.commit, dirty: checkout?.dirty },
      parent: last?.folder.digest === digest ? last.parent : last?.folder.digest,
      by: currentOperator().by,
      at: timestamp(systemClock.now()),
      baton: VERSION,
      fleetFile: folder.fleetFile,
    },
  )
}
