import type { ReplayDocument, ReplayOutcomeWord } from '../../contract/index.ts'
import { type Line, type Tone, tell } from './layout/line.ts'
import { wrap } from './layout/wrap.ts'

const WORDS: Readonly<Record<ReplayOutcomeWord, readonly [words: string, tone: Tone]>> = {
  applied: ['applied', 'good'],
  'already-there': ['already there', 'good'],
  conflict: ['in conflict, left', 'warning'],
  unknown: ['not known, left', 'warning'],
  'changed-meanwhile': ['changed meanwhile, left', 'warning'],
  failed: ['failed', 'bad'],
  'not-tried': ['not tried', 'warning'],
}

/** What became of each orphan, and how many of each there are. */
export function replayLines({ orphans }: ReplayDocument, width: number): readonly Line[] {
  const counts = new Map<ReplayOutcomeWord, number>()
  for (const { outcome } of orphans) counts.set(outcome, (counts.get(outcome) ?? 0) + 1)
  const summary = [...counts].map(([outcome, count]) => `${count} ${WORDS[outcome][0]}`).join('; ')
  return [
    ...orphans.flatMap(({ zone, view, from, to, source, outcome }) => {
      const where = view === '_default' ? zone : `${zone} in view ${view}`
      const which = source === 'journal' ? `${from} to ${to}` : 'by content'
      const [words, tone] = WORDS[outcome]
      return wrap([tell(`${where}  `, 'strong'), tell(`${which}  `), tell(words, tone)], { width, hang: 2 })
    }),
    ...wrap([tell(summary === '' ? 'nothing to replay' : summary)], { width, hang: 2 }),
  ]
}
