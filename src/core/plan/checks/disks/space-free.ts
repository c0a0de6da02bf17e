import { refuse } from '../../../base/index.ts'
import type { Check } from '../../check.ts'
import { involvedManaged, preflightPart, refuseUnknown } from '../../involved.ts'

/** Files that a switch or a push may make on one disk, with room to spare. */
const INODES_MIN = 1000

/** Journals and transfers need room; a full disk costs the former and stops the latter. */
export const spaceFree: Check = {
  name: 'space-free',
  question: 'Is there room on every disk that is written to?',
  meaning: 'A disk of a server that Baton or named writes to is nearly full.',
  remedy: 'Make room; the limit is policy.free-space-min in baton.yaml.',
  operations: ['push', 'switchover', 'failover', 'rejoin', 'resolve'],
  weight: 'refuse',
  ask: context =>
    involvedManaged(context).flatMap(({ name }) => {
      const folders = preflightPart(context, name, part => part.folders)
      if (folders.kind === 'unknown') return [refuseUnknown('check.space-free', name, folders)]
      return folders.value
        .filter(
          ({ exists, bytesFree, inodesFree }) =>
            exists && (bytesFree < context.fleet.policy.freeSpaceMinBytes || inodesFree < INODES_MIN),
        )
        .map(({ path, bytesFree, inodesFree }) =>
          refuse({
            code: 'check.space-free',
            subject: name,
            because: `${path} has ${Math.floor(bytesFree / 2 ** 20)} MiB and ${inodesFree} inodes free`,
            remedy: 'Make room there; a full disk in the middle of a switch costs journals.',
          }),
        )
    }),
}
