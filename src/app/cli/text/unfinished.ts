import type { UnfinishedDocument, UnfinishedRun } from '../../contract/index.ts'
import { EMPTY_LINE, type Line, line, type Tone, tell } from './layout/line.ts'
import { printDay } from './layout/time.ts'
import { wrap } from './layout/wrap.ts'

type Progress = UnfinishedRun['steps'][number]['progress']

/** Whose run it is, and how far it came, before a person decides what becomes of it. */
export function unfinishedLines(run: UnfinishedRun, width: number): readonly Line[] {
  const back = run.direction === 'back' ? ', on its way back' : ''
  return [
    ...wrap(line(`${headOf(run)}${back}`, 'strong'), { width, hang: 2 }),
    ...wrap(line(`by ${run.holder} since ${printDay(Date.parse(run.since))}, run ${run.run}`), {
      width,
      hang: 2,
    }),
    ...(run.reason === null ? [] : wrap(line(`reason: ${run.reason}`), { width, hang: 2 })),
    EMPTY_LINE,
    ...(run.steps.length === 0
      ? [line('  it had not begun')]
      : run.steps.flatMap(step => stepLines(step, width))),
    EMPTY_LINE,
  ]
}

/** The same, and below it what would be done with it. */
export function previewLines(preview: UnfinishedDocument, width: number): readonly Line[] {
  const digits = String(preview.ahead.length).length
  return [
    ...unfinishedLines(preview, width),
    line(preview.ahead.length === 0 ? 'would only let go of the fleet' : 'would be done now:', 'strong'),
    ...preview.ahead.flatMap((step, index) =>
      wrap(line(`  ${String(index + 1).padStart(digits)}  ${step}`), { width, hang: digits + 4 }),
    ),
  ]
}

function headOf({ operation, from, to, term }: UnfinishedRun): string {
  return from === null || to === null ? operation : `${operation}: ${from} → ${to}, term ${term ?? 'unknown'}`
}

/** The widest of the words below. */
const WORD_WIDTH = 6

const WORDS: Readonly<Record<Progress, { readonly word: string; readonly tone: Tone }>> = {
  untouched: { word: '-', tone: 'faint' },
  begun: { word: 'begun', tone: 'warning' },
  done: { word: 'done', tone: 'good' },
  undone: { word: 'undone', tone: 'plain' },
}

function stepLines({ step, progress }: UnfinishedRun['steps'][number], width: number): readonly Line[] {
  const { word, tone } = WORDS[progress]
  return wrap([tell('  '), tell(word.padEnd(WORD_WIDTH), tone), tell(`  ${step}`)], {
    width,
    hang: WORD_WIDTH + 4,
  })
}
