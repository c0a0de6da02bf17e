import type { JudgedOrphan } from './judge-orphans.ts'

/**
 * What only the content tells may be the active's own work undone, where not everything is known of a zone: it is shown, and never
 * replayed.
 */
export function withholdContent(judged: readonly JudgedOrphan[]): readonly JudgedOrphan[] {
  return judged.map(each => {
    if (each.orphan.source === 'journal' || each.verdict !== 'applies') return each
    const obstacles = each.sets.map(({ before, ...part }) => ({ ...part, because: BECAUSE, now: before }))
    return { ...each, verdict: 'unknown', sets: [], obstacles }
  })
}

const BECAUSE = 'only the saved content has it, and its zone could not be read in full'
