import { firstFew } from '../../../core/base/index.ts'
import type { PlanDocument } from '../../contract/index.ts'
import { EMPTY_LINE, type Line, line, tell } from './layout/line.ts'
import { withDays } from './layout/time.ts'
import { wrap } from './layout/wrap.ts'
import { leftOutLines } from './left-out.ts'

/** What would be done, step by step, what taking a step back means, and until when that is possible. */
export function planLines(plan: PlanDocument, width: number): readonly Line[] {
  const digits = String(plan.steps.length).length
  const hang = digits + 4
  return [
    ...wrap(line(headOf(plan), 'strong'), { width, hang: 2 }),
    ...(plan.reason === null ? [] : wrap(line(`reason: ${plan.reason}`), { width, hang: 2 })),
    ...leftOutLines(plan.leftOut, { width, hang: 0 }),
    ...(plan.choice === null ? [] : wrap(line(withDays(plan.choice)), { width, hang: 2 })),
    EMPTY_LINE,
    ...plan.steps.flatMap(({ step, undo }, index) => [
      ...wrap(line(`  ${String(index + 1).padStart(digits)}  ${step}`), { width, hang }),
      ...(undo === null ? [] : wrap(line(`${' '.repeat(hang)}undo: ${undo}`, 'faint'), { width, hang })),
    ]),
    EMPTY_LINE,
    ...wrap(line(returnInWords(plan)), { width, hang: 2 }),
    ...lossLines(plan, width),
    ...forkLines(plan, width),
    ...plan.warnings.flatMap(warning =>
      wrap([tell('warning ', 'warning'), tell(withDays(warning))], { width, hang: 2 }),
    ),
  ]
}

/** What a person must know before saying yes to a failover. */
function lossLines({ losses }: PlanDocument, width: number): readonly Line[] {
  if (losses === null) return []
  const sentences = losses.sentences.flatMap(sentence =>
    wrap(line(`  ${withDays(sentence)}`), { width, hang: 2 }),
  )
  return [EMPTY_LINE, line('What may be lost', 'strong'), ...sentences]
}

/** Which zones a server has otherwise than the active; the document has them all. */
function forkLines({ forks, to }: PlanDocument, width: number): readonly Line[] {
  if (forks === null) return []
  const named = forks.map(({ server, zone, because }) => `${server}: ${zone} ${because}`)
  const shown = firstFew(named, { hint: ': --json names them all' })
  const head = forks.length === 0 ? `All servers that answer match ${to}.` : `Differs from ${to}`
  return [
    EMPTY_LINE,
    ...wrap(line(head, 'strong'), { width, hang: 2 }),
    ...shown.flatMap(text => wrap(line(`  ${text}`), { width, hang: 4 })),
  ]
}

function headOf({ operation, set, from, to, term }: PlanDocument): string {
  if (from === null || to === null) return operation
  return `${operation} of ${set ?? 'all zones'}: ${from} → ${to}, term ${term ?? 'unknown'}`
}

function returnInWords({ noReturn }: PlanDocument): string {
  if (noReturn === null) return 'Until its end everything can be taken back.'
  const { step, once } = noReturn
  if (step === 1 && once === 'begun')
    return 'Nothing of it is taken back; what stops in its middle is taken to its end by `baton resume`.'
  const until = once === 'begun' ? 'begins' : 'is done'
  return `Until step ${step} ${until} everything can be taken back; from then on it goes forward.`
}
