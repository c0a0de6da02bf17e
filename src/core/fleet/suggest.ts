/** A slip of the fingers is this many letters at most: one in short words, a third of long ones. */
function slipsMax(word: string): number {
  return Math.max(1, Math.floor(word.length / 3))
}

const WORD_LENGTH_MAX = 64

/** The known word that was most likely meant; nothing when none is close, or several are equally so, as `ns1` and `ns2` to `ns9`. */
export function suggest(word: string, known: Iterable<string>): string | undefined {
  if (word.length > WORD_LENGTH_MAX) return undefined
  let nearest: string[] = []
  let least = slipsMax(word)
  for (const candidate of known) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase())
    if (distance < least) nearest = []
    if (distance <= least) nearest.push(candidate)
    least = Math.min(least, distance)
  }
  return nearest.length === 1 ? nearest[0] : undefined
}

/** How many letters must be added, removed, changed or swapped with their neighbour (optimal string alignment). */
export function editDistance(left: string, right: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: right.length + 1 }, (_, column) => column)
  for (let row = 1; row <= left.length; row++) {
    const current = [row]
    for (let column = 1; column <= right.length; column++) {
      const same = left[row - 1] === right[column - 1]
      const swapped = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1]
      current[column] = Math.min(
        at(last, column) + 1,
        at(current, column - 1) + 1,
        at(last, column - 1) + (same ? 0 : 1),
        swapped && row > 1 && column > 1 ? at(beforeLast, column - 2) + 1 : Infinity,
      )
    }
    beforeLast = last
    last = current
  }
  return at(last, right.length)
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Infinity
}
