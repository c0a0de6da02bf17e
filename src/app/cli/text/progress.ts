import type { Failure, Instant } from '../../../core/base/index.ts'
import type { PlanDocument } from '../../contract/index.ts'
import { clip, type Line, line, tell } from './layout/line.ts'
import { printDuration, printTime } from './layout/time.ts'
import { wrap } from './layout/wrap.ts'

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

/** When it is, and for how many columns. */
export type Moment = { readonly now: Instant; readonly width: number }

/** As long as the time of day and its gap, in columns. */
const HANG = '12:03:04  '.length

/** The lines that stay of an event, the same on a screen and in a log. A step is told once, when it has ended. */
export function eventLines(plan: PlanDocument, event: ProgressEvent, moment: Moment): readonly Line[] {
  const told = eventInWords(plan, event)
  if (told.length === 0) return []
  return wrap([tell(`${printTime(moment.now)}  `, 'faint'), ...told], { width: moment.width, hang: HANG })
}

/** What a person has to do now, and until when the run waits for it. */
export function askingLines(
  { what, until }: { readonly what: string; readonly until: Instant },
  { now, width }: Moment,
): readonly Line[] {
  const told = tell(`${what}; this waits until ${printTime(until)} UTC`, 'warning')
  return wrap([tell(`${printTime(now)}  `, 'faint'), told], { width, hang: HANG })
}

function eventInWords(plan: PlanDocument, event: ProgressEvent): Line {
  if (event.kind === 'turned-back') return line(`going back: ${event.because}`, 'warning')
  if (event.kind === 'step-began' || !isWorthTelling(plan, event)) return []
  const words = stepInWords(plan, event)
  if (event.kind === 'step-failed')
    return [tell(`${words} … `), tell('failed', 'bad'), tell(`: ${event.failure.because}`)]
  return [tell(`${words} … `), tell(printDuration(event.elapsedMs), 'good')]
}

/** The step under way, for one line of a terminal: which of how many, what, for how long. */
export function currentLine(
  plan: PlanDocument,
  event: StepEvent,
  { elapsedMs, width }: { readonly elapsedMs: number; readonly width: number },
): Line {
  const place = tell(`${event.step + 1}/${plan.steps.length}`.padStart(HANG - 2).padEnd(HANG), 'faint')
  const elapsed = tell(` ${printDuration(elapsedMs)}`)
  const words = clip(line(`${stepInWords(plan, event)} …`), width - place.text.length - elapsed.text.length)
  return clip([place, ...words, elapsed], width)
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
