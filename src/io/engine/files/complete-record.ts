import { type Failure, ok, type Result } from '../../../core/base/index.ts'
import type { FileChange, Step } from '../../../core/plan/index.ts'
import { digestOf } from '../../../core/pushed/index.ts'
import { type Journal, progressOf } from '../../journal/index.ts'
import { type FleetLinks, linkOf } from '../../observe/index.ts'
import type { RunGround } from '../context.ts'

/**
 * Before a run that died is taken back: which steps had begun, as their files tell, though no copy of its journal has that. Its last
 * lines may be lost in every copy, with disks that lost what they had taken, and no later number tells so. Where a step has left its
 * files on its server it had begun, as had all before it. Of servers that are lost, as a person says, nothing is asked. Only in a
 * switchover do the files of a later step prove that: a failover may find those of the run that it ends, and so may a rejoin.
 */
export async function findBegun(
  { links }: Pick<RunGround, 'links'>,
  journal: Journal,
  without: readonly string[],
): Promise<Result<readonly number[], Failure>> {
  const { plan } = journal
  const { steps, direction } = progressOf(plan, journal.entries())
  if (direction === 'back') return ok([])
  const untouched = plan.steps.flatMap((step, index) =>
    steps[index] === 'untouched' ? [{ step, index }] : [],
  )
  let begun = 0
  const looked = plan.operation === 'switchover' ? untouched : untouched.slice(0, 1)
  for (const [at, { step }] of looked.entries()) {
    if (!changesFiles(step) || without.includes(step.server)) continue
    const left = await hasLeftFiles(links, step)
    // Only the very next step may well have begun; a server that died since must not shut the way back of the others.
    if (!left.ok && at === 0) return left
    if (left.ok && left.value) begun = at + 1
  }
  return ok(untouched.slice(0, begun).map(({ index }) => index))
}

/** Writes down again that these steps had begun. */
export async function completeRecord(
  journal: Journal,
  begun: readonly number[],
): Promise<Result<void, Failure>> {
  for (const step of begun) {
    const written = await journal.write({ kind: 'intent', step, direction: 'forward' }, 'one-copy')
    if (!written.ok) return written
  }
  return ok(undefined)
}

async function hasLeftFiles(
  links: FleetLinks,
  { server, changes }: ChangingStep,
): Promise<Result<boolean, Failure>> {
  const { host } = linkOf(links, server)
  const found = await host.digests(changes.map(({ path }) => path))
  if (!found.ok) return found
  const isLeft = ({ path, content, before }: FileChange) =>
    content !== before && found.value.get(path) === digestOf(content)
  return ok(changes.some(isLeft))
}

type ChangingStep = Step & { readonly server: string; readonly changes: readonly FileChange[] }

function changesFiles(step: Step): step is ChangingStep {
  return 'changes' in step && 'server' in step
}
