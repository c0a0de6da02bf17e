import type { Fleet } from '../fleet/index.ts'
import type { Expected, ExpectedServer } from './expected.ts'
import type { SeenFiles, SeenLock, Snapshot } from './snapshot.ts'
import type { Verdict } from './verdict.ts'

/** Drift, files that others could write, and runs that have not ended. */
export function judgeFiles(fleet: Fleet, expected: Expected, snapshot: Snapshot): readonly Verdict[] {
  const locks = new Map<string, { lock: SeenLock; servers: string[] }>()
  const verdicts: Verdict[] = []
  for (const server of fleet.servers) {
    const files = snapshot.servers.get(server.name)?.files
    if (files === undefined) continue
    if (!files.ok) {
      verdicts.push({ kind: 'files-unseen', server: server.name, failure: files.error })
      continue
    }
    const { lock } = files.value
    if (lock !== undefined) {
      const held = locks.get(lock.run) ?? { lock, servers: [] }
      held.servers.push(server.name)
      locks.set(lock.run, held)
    }
    const paths = driftedPaths(expected.get(server.name), files.value)
    const { exposures = [] } = files.value
    if (exposures.length > 0) verdicts.push({ kind: 'files-exposed', server: server.name, exposures })
    if (paths.length > 0) verdicts.push({ kind: 'configuration-drifted', server: server.name, paths })
  }
  return [...[...locks.values()].map(held => ({ kind: 'run-unfinished' as const, ...held })), ...verdicts]
}

/** Paths whose content is not as rendered, missing ones among them. */
export function driftedPaths(expected: ExpectedServer | undefined, files: SeenFiles): readonly string[] {
  return [...(expected?.digests ?? [])]
    .filter(([path, digest]) => files.digests.get(path) !== digest)
    .map(([path]) => path)
}
