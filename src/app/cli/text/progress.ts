import type { Failure, Instant } from '../../../core/base/index.ts'
import type { PlanDocument } from '../../contract/index.ts'
import { type Line, line, tell } from './line.ts'
import { printDuration, printTime } from './time.ts'

type Direction = 'forward' | 'back'

/** What happens in a run; steps by their index in the plan. */
export type ProgressEvent =
  | { readonly kind: 'step-began'; readonly step: number; readonly direction: Direction }
  | {
      readonly kind: 'step-done'
      readonly step: number
      readonly direction: Direction
      readonly elapsedMs: number
    }
  | {
      readonly kind: 'step-failed'
      readonly step: number
      readonly direction: Direction
      readonly failure: Failure
    }
  | { readonly kind: 'turned-back'; readonly because: string }

type StepEvent = Exclude<ProgressEvent, { kind: 'turned-back' }>

/** The lines that stay of an event, the same on a screen and in a log. A step is told once, when it has ended. */
export function eventLines(plan: PlanDocument, event: ProgressEvent, now: Instant): readonly Line[] {
  const time = tell(`${printTime(now)}  `, 'faint')
  if (event.kind === 'turned-back') return [[time, tell(`going back: ${event.because}`, 'warning')]]
  if (event.kind === 'step-began' || !isWorthTelling(plan, event)) return []
  const words = stepInWords(plan, event)
  if (event.kind === 'step-failed')
    return [[time, tell(`${words} … `), tell('failed', 'bad'), tell(`: ${event.failure.because}`)]]
  return [[time, tell(`${words} … `), tell(printDuration(event.elapsedMs), 'good')]]
}

/** The step under way, for one line of a terminal: which of how many, what, for how long. */
export function currentLine(plan: PlanDocument, event: StepEvent, elapsedMs: number): Line {
  const place = `${event.step + 1}/${plan.steps.length}`
  return [
    tell(`${place.padStart(8)}  `, 'faint'),
    tell(`${stepInWords(plan, event)} … ${printDuration(elapsedMs)}`),
  ]
}

/** The same for a log, where a line cannot be drawn anew. */
export function lastingLine(
  plan: PlanDocument,
  event: StepEvent,
  { elapsedMs, now }: { readonly elapsedMs: number; readonly now: Instant },
): Line {
  return line(`${printTime(now)}  ${stepInWords(plan, event)} … still, after ${printDuration(elapsedMs)}`)
}

function stepInWords({ steps }: PlanDocument, { step, direction }: StepEvent): string {
  const shown = steps[step]
  if (shown === undefined) return `step ${step + 1}`
  return direction === 'forward' ? shown.step : `undo: ${shown.undo ?? shown.step}`
}

/** Taking back what needs no taking back is recorded, but nobody has to read of it. */
function isWorthTelling({ steps }: PlanDocument, { step, direction }: StepEvent): boolean {
  return direction === 'forward' || steps[step]?.undo !== null
}
