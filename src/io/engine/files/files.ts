import { type Failure, fail, ok, type Result } from '../../../core/base/index.ts'
import { decodeConf, encodeConf } from '../../../core/namedconf/index.ts'
import type { FileChange } from '../../../core/plan/index.ts'
import { digestOf } from '../../../core/pushed/index.ts'
import type { FileApplied } from '../../hosts/index.ts'
import { runFolder } from '../../journal/index.ts'
import { batonFolder, type ServerLink } from '../../observe/index.ts'
import type { RunGround } from '../context.ts'

/** How long a server may take for its small files, in milliseconds: a handful of flushed writes on a slow, busy disk. */
const APPLY_DEADLINE_MS = 60_000

/** Who changes files. */
export type Holding = Pick<RunGround, 'plan' | 'generation' | 'passedOver'>

/** Changes files of a server on behalf of the run: the server itself refuses, once somebody else holds it. */
export async function applyTo(
  { plan, generation, passedOver }: Holding,
  link: ServerLink,
  changes: readonly FileApplied[],
): Promise<Result<void, Failure>> {
  const disk = passedOver.get(link.server.name)
  if (disk !== undefined) return (await isAsWanted(link, changes)) ? ok(undefined) : fail(disk)
  const folder = runFolder({ folder: batonFolder(link.server) }, plan.run)
  return link.host.apply({ holder: { folder, number: generation }, changes, deadlineMs: APPLY_DEADLINE_MS })
}

/** Whether nothing is to be changed; what can't be read is. */
async function isAsWanted(link: ServerLink, changes: readonly FileApplied[]): Promise<boolean> {
  const found = await link.host.digests(changes.map(({ path }) => path))
  if (!found.ok) return false
  return changes.every(({ path, wanted }) => {
    if (wanted.kind === 'nothing') return !found.value.has(path)
    if (wanted.kind === 'copy') return false
    const { content } = wanted
    return found.value.get(path) === digestOf(typeof content === 'string' ? content : decodeConf(content))
  })
}

/** Installs the new contents in the order of the plan (`named.conf` last), each in one act, where they are as the plan saw them. */
export async function installChanges(
  context: RunGround,
  link: ServerLink,
  changes: readonly FileChange[],
): Promise<Result<void, Failure>> {
  const known = await knownConfigurations(context, link)
  if (!known.ok) return known
  return applyTo(
    context,
    link,
    changes.map(change => ({
      path: change.path,
      wanted: contentWanted(link, change, change.content),
      expected: expectedOf(change, known.value),
    })),
  )
}

/**
 * Puts back what was there before, in the opposite order. What is there already is not written again: an undo on a full disk
 * has nothing to do where the disk was full before. What somebody else has put there meanwhile is kept beside it.
 */
export async function restoreChanges(
  context: RunGround,
  link: ServerLink,
  changes: readonly FileChange[],
): Promise<Result<void, Failure>> {
  const known = await knownConfigurations(context, link)
  if (!known.ok) return known
  return applyTo(
    context,
    link,
    changes.toReversed().map(change => {
      const expected = expectedOf(change, known.value)
      return {
        path: change.path,
        wanted:
          change.before === undefined ? { kind: 'nothing' } : contentWanted(link, change, change.before),
        expected: expected === undefined ? undefined : [...expected, 'nothing'],
        otherwise: 'keep',
      }
    }),
  )
}

/** Whether everything is as it was before, and something was changed at all; what cannot be read is not known. */
export async function areRestored(
  link: ServerLink,
  changes: readonly FileChange[],
): Promise<Result<boolean, Failure>> {
  const digests = await link.host.digests(changes.map(({ path }) => path))
  if (!digests.ok) return digests
  const isRestored = ({ path, before }: FileChange) =>
    before !== undefined && digests.value.get(path) === digestOf(before)
  return ok(changes.length > 0 && changes.every(isRestored))
}

function contentWanted(link: ServerLink, { mode }: FileChange, text: string): FileApplied['wanted'] {
  return { kind: 'content', content: encodeConf(text), mode, user: link.server.user }
}

/**
 * The state and the markers are Baton's own, and a server's guard may have written them since. `named.conf` may have been changed by
 * the guard too, to one of the prepared configurations; to anything else only by a person.
 */
function expectedOf(change: FileChange, known: readonly string[]): FileApplied['expected'] {
  if (change.replaces === 'anything' || /\/baton\/(state|marker\/[^/]+)$/.test(change.path)) return undefined
  const own = change.before === undefined ? (['nothing'] as const) : []
  return [...texts(change).map(digestOf), ...own, ...(change.path.endsWith('/named.conf') ? known : [])]
}

function texts({ content, before }: FileChange): readonly string[] {
  return before === undefined ? [content] : [before, content]
}

/** Digests of the configurations that lie prepared on a server, and of those that this run installs on the way. */
async function knownConfigurations(
  { plan }: RunGround,
  link: ServerLink,
): Promise<Result<readonly string[], Failure>> {
  const { configuration } = link.server.paths
  const prepared = ['active', 'standby'].map(role => `${configuration}/named.${role}.conf`)
  const digests = await link.host.digests(prepared)
  if (!digests.ok) return digests
  const onTheWay = plan.steps.flatMap(step =>
    'changes' in step && step.server === link.server.name
      ? step.changes.filter(({ path }) => path.endsWith('/named.conf')).flatMap(texts)
      : [],
  )
  return ok([...digests.value.values(), ...onTheWay.map(digestOf)])
}
