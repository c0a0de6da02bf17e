import type { HistoryDocument, HistoryRun } from '../../contract/index.ts'
import { EMPTY_LINE, type Line, line, type Piece, tell } from './layout/line.ts'
import { pauseInWords, printDay, printDuration } from './layout/time.ts'
import { wrap } from './layout/wrap.ts'
import { leftOutLines } from './left-out.ts'

/** What was done, newest last: when, what, by whom, why, how it went, what a rejoin found; what each step remarked is in the document. */
export function historyLines({ runs }: HistoryDocument, width: number): readonly Line[] {
  if (runs.length === 0) return [line('nothing was done yet')]
  return runs.flatMap((run, index) => [...(index === 0 ? [] : [EMPTY_LINE]), ...runLines(run, width)])
}

function runLines(run: HistoryRun, width: number): readonly Line[] {
  const { began, by, reason, because, unwell, elapsedMs } = run
  const pause = pauseInWords(run).map(words => `, ${words}`)
  const cause = because === null ? (unwell ? ';' : '') : `: ${because};`
  return [
    ...wrap([tell(`${printDay(Date.parse(began))}  `, 'faint'), tell(whatInWords(run), 'strong')], {
      width,
      hang: 2,
    }),
    ...wrap(
      [
        tell('  '),
        outcomePiece(run),
        tell(`${cause} in ${printDuration(elapsedMs)}${pause.join('')}, by ${by}`),
      ],
      { width, hang: 4 },
    ),
    ...leftOutLines(run.leftOut, { width, hang: 2 }),
    ...(run.fenced === null ? [] : wrap(line(`  ${run.fenced}`), { width, hang: 4 })),
    ...(reason === null ? [] : wrap(line(`  reason: ${reason}`), { width, hang: 4 })),
    ...run.rescues.flatMap(rescue => wrap(line(`  ${rescue}`), { width, hang: 4 })),
  ]
}

function outcomePiece({ outcome, unwell }: HistoryRun): Piece {
  if (outcome === 'rolled-back') return tell('rolled back', 'warning')
  if (outcome === 'superseded') return tell('superseded', 'warning')
  return unwell ? tell('done, but not well', 'warning') : tell('done', 'good')
}

function whatInWords({ operation, set, from, to, term }: HistoryRun): string {
  if (from === null) return operation
  if (to === null) return `${operation} of what ${from} had in term ${term ?? 'unknown'}`
  return `${operation} of ${set ?? 'all zones'}: ${from} → ${to}, term ${term ?? 'unknown'}`
}
