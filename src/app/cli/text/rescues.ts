import { countOf } from '../../../core/base/index.ts'
import type { DiscardDocument, RescueState, RescueStatus, RescuesDocument } from '../../contract/index.ts'
import { guardInWords } from './guard-words.ts'
import { EMPTY_LINE, type Line, line, type Piece, type Tone, tell } from './layout/line.ts'
import { type Column, layTable } from './layout/table.ts'
import { printDay } from './layout/time.ts'
import { wrap } from './layout/wrap.ts'
import { problemLines } from './problems.ts'

const COLUMNS: readonly Column[] = [
  { heading: 'server', align: 'left', worth: 7 },
  { heading: 'term', align: 'left', worth: 8 },
  { heading: 'saved', align: 'left', worth: 3 },
  { heading: 'because', align: 'left', worth: 1 },
  { heading: 'zones', align: 'right', worth: 2 },
  { heading: 'orphans', align: 'right', worth: 5 },
  { heading: 'replayed', align: 'right', worth: 4 },
  { heading: 'state', align: 'left', worth: 6 },
]

const STATES: Readonly<Record<RescueState, readonly [words: string, tone: Tone]>> = {
  new: ['new', 'warning'],
  'partly-replayed': ['partly replayed', 'warning'],
  replayed: ['replayed', 'good'],
  'nothing-lost': ['nothing lost', 'good'],
  unclear: ['unclear', 'warning'],
  unreadable: ['unreadable', 'bad'],
  discarded: ['discarded', 'faint'],
}

/** Every rescue in a line, what cannot be told of them, and what to do next. */
export function rescuesLines({ rescues, problems }: RescuesDocument, width: number): readonly Line[] {
  const told = [...problems, ...rescues.flatMap(rescue => rescue.problems)]
  if (rescues.length === 0) return [line('no rescue on any peer'), ...problemLines(told, new Map(), width)]
  const next = rescues.find(
    ({ state }) => state === 'new' || state === 'partly-replayed' || state === 'unclear',
  )
  return [
    ...layTable({ columns: COLUMNS, rows: rescues.map(rescueRow) }, width),
    ...(told.length === 0 ? [] : [EMPTY_LINE, ...problemLines(told, new Map(), width)]),
    ...(next === undefined
      ? []
      : [
          EMPTY_LINE,
          ...wrap([tell('→ ', 'faint'), tell(`\`baton rescue show ${next.server} ${next.place}\``)], {
            width,
            hang: 2,
          }),
        ]),
  ]
}

function rescueRow(rescue: RescueStatus): readonly Piece[] {
  const { server, place, saved, code, zones, orphans, replayed, zonesUnclear, state } = rescue
  const isKnown = state !== 'unreadable' && state !== 'discarded'
  const more = zonesUnclear > 0 ? '+?' : ''
  const [words, tone] = STATES[state]
  return [
    tell(server),
    tell(place),
    tell(saved === null ? '?' : printDay(Date.parse(saved))),
    tell(code === null ? '?' : guardInWords(code)),
    tell(saved === null ? '?' : String(zones)),
    tell(isKnown ? `${orphans}${more}` : '-', orphans > replayed ? 'warning' : 'plain'),
    tell(isKnown ? String(replayed) : '-'),
    tell(words, tone),
  ]
}

/** What is lost with a rescue, or that it is gone. */
export function discardLines(discard: DiscardDocument, width: number): readonly Line[] {
  const { server, place, orphansLeft, zonesUnclear, discarded, problems } = discard
  if (discarded) {
    const [words, tone] = isRemoved(discard)
      ? (['is discarded', 'good'] as const)
      : (['is discarded, but not all of it is removed', 'bad'] as const)
    return [
      ...wrap([tell(`rescue of ${server}, term ${place}, ${words}`, tone)], { width, hang: 2 }),
      ...problemLines(problems, new Map(), width),
    ]
  }
  const lost =
    orphansLeft === 0
      ? 'no update is lost that is known of'
      : `${countOf(orphansLeft, 'update')} ${orphansLeft === 1 ? 'is' : 'are'} lost that nobody else has`
  const unclear =
    zonesUnclear === 0 ? '' : `; in ${countOf(zonesUnclear, 'zone')} not every one can be counted`
  const tone = orphansLeft > 0 ? 'bad' : zonesUnclear > 0 ? 'warning' : 'good'
  return wrap([tell(`with the rescue of ${server}, term ${place}, `), tell(lost, tone), tell(unclear)], {
    width,
    hang: 2,
  })
}

/** Whether nothing was left behind that `discard` has to be called for once more. */
export function isRemoved({ problems }: DiscardDocument): boolean {
  return problems.every(({ code }) => code !== 'rescue.not-removed')
}
