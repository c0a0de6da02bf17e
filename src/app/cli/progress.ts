import type { RunWatch } from '../commands/index.ts'
import type { PlanDocument } from '../contract/index.ts'
import type { Output } from './terminal.ts'
import type { Line } from './text/layout/line.ts'
import { printLine } from './text/layout/print.ts'
import { askingLines, currentLine, eventLines, lastingLine } from './text/progress.ts'

export type RunEvent = Parameters<RunWatch['onEvent']>[0]
type RunAsking = Parameters<NonNullable<RunWatch['onAsk']>>[0]

/** A run as it is being followed. */
export type Progress = {
  plan(plan: PlanDocument): void
  event(event: RunEvent): void
  /** Says what a person has to do now. */
  ask(asking: RunAsking): void
  /** Takes the line under way from the screen, so that something else can be said. */
  pause(): void
  close(): void
  /** Whether everything can still be taken back, as far as was seen. */
  canReturn(): boolean
}

const REDRAW_INTERVAL_MS = 100
/** In a log, how often a step that takes long says that it still does. */
const LASTING_INTERVAL_MS = 10_000

const CLEAR_LINE = '\r\x1b[K'

/** Follows a run: a line for every event, and on a terminal the step under way, drawn anew in its place. Nothing without output. */
export function followRun(output: Output | undefined): Progress {
  let plan: PlanDocument | undefined
  let current: { readonly event: RunEvent & { kind: 'step-began' }; readonly began: number } | undefined
  let returnable = true

  const clear = () => {
    if (output?.live === true) output.write(CLEAR_LINE)
  }
  const tick = () => {
    if (output === undefined || plan === undefined || current === undefined) return
    const elapsedMs = performance.now() - current.began
    if (output.live) draw(output, currentLine(plan, current.event, { elapsedMs, width: output.width() - 1 }))
    else output.lines([lastingLine(plan, current.event, { elapsedMs, now: Date.now() })])
  }
  const intervalMs = output?.live === true ? REDRAW_INTERVAL_MS : LASTING_INTERVAL_MS
  let timer: NodeJS.Timeout | undefined

  return {
    plan: shown => {
      plan = shown
    },
    event: event => {
      if (plan === undefined) return
      if (passesReturn(event, plan)) returnable = false
      clear()
      output?.lines(eventLines(plan, event, { now: Date.now(), width: output.width() }))
      clearInterval(timer)
      current = event.kind === 'step-began' ? { event, began: performance.now() } : undefined
      if (current !== undefined) timer = setInterval(tick, intervalMs)
      if (output?.live === true) tick()
    },
    ask: asking => {
      clear()
      output?.lines(askingLines(asking, { now: Date.now(), width: output.width() }))
      if (output?.live === true) tick()
    },
    pause: clear,
    close: () => {
      clearInterval(timer)
      clear()
    },
    canReturn: () => returnable,
  }
}

function draw(output: Output, line: Line): void {
  output.write(CLEAR_LINE + printLine(line, output.colouring()))
}

function passesReturn(event: RunEvent, { noReturn }: PlanDocument): boolean {
  if (noReturn === null || event.kind === 'turned-back' || event.direction === 'back') return false
  if (event.step + 1 > noReturn.step) return true
  return (
    event.step + 1 === noReturn.step && event.kind === (noReturn.once === 'done' ? 'step-done' : 'step-began')
  )
}
