import type { Verdict } from '../../../core/snapshot/index.ts'
import { behindInWords, findNewer } from '../session/folder-lineage.ts'
import type { Session } from '../session/session.ts'

/** What follows from what the peers say was pushed last; a peer whose files can't be read at all is told of elsewhere. */
export async function judgePushes(session: Session): Promise<readonly Verdict[]> {
  const records = [...session.pushes].flatMap(([server, seen]): Verdict[] => {
    if (seen.ok) return seen.value === undefined ? [{ kind: 'record-missing', server }] : []
    const { error: failure } = seen
    return failure.code.startsWith('push.') ? [{ kind: 'record-unseen', server, failure }] : []
  })
  const outdated = [...session.outdated].map(
    ([server, { paths, baton }]): Verdict => ({ kind: 'configuration-outdated', server, paths, baton }),
  )
  const newer = await findNewer(session)
  const behind = await Promise.all(
    newer.map(async (pushed): Promise<Verdict> => {
      const because = await behindInWords(session, pushed)
      return { kind: 'folder-behind', fleet: session.fleet.name, because }
    }),
  )
  return [...behind, ...records, ...outdated]
}
