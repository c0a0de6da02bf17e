/** Lines as `diff -u` shows them, without context beyond the changed ones. */
export type LineDiff = { readonly lines: readonly string[]; readonly linesLeftOut: number }

const LINES_SHOWN_MAX = 200
/** Beyond this product of changed lines the middle is shown as removed and added as a whole. */
const CELLS_MAX = 4_000_000

/** What turns `before` into `after`: equal heads and tails are left out, the middle is aligned line by line. */
export function diffLines(before: string, after: string): LineDiff {
  const old = before.split('\n')
  const next = after.split('\n')
  let head = 0
  while (head < old.length && head < next.length && old[head] === next[head]) head++
  let tail = 0
  const room = Math.min(old.length, next.length) - head
  while (tail < room && old[old.length - 1 - tail] === next[next.length - 1 - tail]) tail++
  const lines = align(old.slice(head, old.length - tail), next.slice(head, next.length - tail))
  const shown = [`@@ -${head + 1} +${head + 1} @@`, ...lines.slice(0, LINES_SHOWN_MAX)]
  return { lines: shown, linesLeftOut: Math.max(0, lines.length - LINES_SHOWN_MAX) }
}

/** By the longest common subsequence, where that is affordable. */
function align(old: readonly string[], next: readonly string[]): readonly string[] {
  if (old.length * next.length > CELLS_MAX)
    return [...old.map(line => `-${line}`), ...next.map(line => `+${line}`)]
  const width = next.length + 1
  const common = new Uint32Array((old.length + 1) * width)
  const at = (row: number, column: number) => common[row * width + column] ?? 0
  for (let row = old.length - 1; row >= 0; row--)
    for (let column = next.length - 1; column >= 0; column--)
      common[row * width + column] =
        old[row] === next[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1))
  const lines: string[] = []
  let row = 0
  let column = 0
  while (row < old.length || column < next.length) {
    if (row < old.length && column < next.length && old[row] === next[column]) {
      row++
      column++
    } else if (column >= next.length || (row < old.length && at(row + 1, column) >= at(row, column + 1)))
      lines.push(`-${old[row++]}`)
    else lines.push(`+${next[column++]}`)
  }
  return lines
}
