import { type Failure, ok, type Result } from '../../core/base/index.ts'
import type { FileChange, Step } from '../../core/plan/index.ts'
import { digestOf } from '../../core/pushed/index.ts'
import { type Journal, progressOf } from '../journal/index.ts'
import { linkOf } from '../observe/index.ts'
import type { RunGround } from './context.ts'

/**
 * Before a run that died is taken back: the last line of its journal may be lost in every copy, with disks that lost what they had taken,
 * and no later number tells so. Where the next step has left its files on its server it had begun, and that is written down again.
 */
export async function completeRecord(
  { links }: Pick<RunGround, 'links'>,
  journal: Journal,
): Promise<Result<void, Failure>> {
  const { plan } = journal
  const { steps, direction } = progressOf(plan, journal.entries())
  const next = steps.indexOf('untouched')
  const step = plan.steps[next]
  if (direction === 'back' || step === undefined || !changesFiles(step)) return ok(undefined)
  const { host } = linkOf(links, step.server)
  const found = await host.digests(step.changes.map(({ path }) => path))
  if (!found.ok) return found
  const isLeft = ({ path, content, before }: FileChange) =>
    content !== before && found.value.get(path) === digestOf(content)
  if (!step.changes.some(isLeft)) return ok(undefined)
  return journal.write({ kind: 'intent', step: next, direction: 'forward' }, 'one-copy')
}

function changesFiles(step: Step): step is Step & { server: string; changes: readonly FileChange[] } {
  return 'changes' in step && 'server' in step
}
