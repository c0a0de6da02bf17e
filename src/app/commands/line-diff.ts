/**
 * Lines as `diff -U0 -p` shows them: each run of changes below the numbers of its first line before and after, from 1, and
 * the beginning of the block that it is in.
 */
export type LineDiff = { readonly lines: readonly string[]; readonly linesLeftOut: number }

const LINES_SHOWN_MAX = 200
/** Beyond this product of changed lines the middle is shown as removed and added as a whole. */
const CELLS_MAX = 4_000_000

/** What turns `before` into `after`: equal heads and tails are passed over, the middle is aligned line by line. */
export function diffLines(before: string, after: string): LineDiff {
  const old = before.split('\n')
  const next = after.split('\n')
  let head = 0
  while (head < old.length && head < next.length && old[head] === next[head]) head++
  let tail = 0
  const room = Math.min(old.length, next.length) - head
  while (tail < room && old[old.length - 1 - tail] === next[next.length - 1 - tail]) tail++
  const changes = align(old.slice(head, old.length - tail), next.slice(head, next.length - tail))
  const lines = printChanges(changes, head, old)
  return { lines: lines.slice(0, LINES_SHOWN_MAX), linesLeftOut: Math.max(0, lines.length - LINES_SHOWN_MAX) }
}

/** One line that goes or comes, with its place on both sides, from 0. */
type Change = {
  readonly mark: '-' | '+'
  readonly line: string
  readonly row: number
  readonly column: number
}

function printChanges(changes: readonly Change[], head: number, old: readonly string[]): readonly string[] {
  let [rowNext, columnNext] = [-1, -1]
  return changes.flatMap(({ mark, line, row, column }) => {
    const continues = row === rowNext && column === columnNext
    rowNext = mark === '-' ? row + 1 : row
    columnNext = mark === '+' ? column + 1 : column
    const text = `${mark}${line}`
    if (continues) return [text]
    const place = `@@ -${head + row + 1} +${head + column + 1} @@`
    const block = BLOCK_BEGIN.test(line) ? undefined : findBlock(old, head + row)
    return [block === undefined ? place : `${place} ${block}`, text]
  })
}

/** Something that is not indented, and no closing brace or comment. */
const BLOCK_BEGIN = /^[A-Za-z]/
/** So far up is looked for the beginning of a block. */
const BLOCK_LINES_MAX = 200

/** The line with which the block around a place begins, without its brace. */
function findBlock(lines: readonly string[], place: number): string | undefined {
  for (let at = place - 1; at >= Math.max(0, place - BLOCK_LINES_MAX); at--) {
    const line = lines[at] ?? ''
    if (BLOCK_BEGIN.test(line)) return line.replace(/\s*\{?\s*$/, '')
    if (line.startsWith('}')) return undefined
  }
  return undefined
}

/** By the longest common subsequence, where that is affordable. */
function align(old: readonly string[], next: readonly string[]): readonly Change[] {
  if (old.length * next.length > CELLS_MAX)
    return [
      ...old.map((line, row): Change => ({ mark: '-', line, row, column: 0 })),
      ...next.map((line, column): Change => ({ mark: '+', line, row: old.length, column })),
    ]
  const common = commonLengths(old, next)
  const changes: Change[] = []
  let row = 0
  let column = 0
  for (;;) {
    const [gone, come] = [old[row], next[column]]
    if (gone === undefined && come === undefined) return changes
    if (gone === come) {
      row++
      column++
    } else if (
      come === undefined ||
      (gone !== undefined && common(row + 1, column) >= common(row, column + 1))
    )
      changes.push({ mark: '-', line: gone ?? '', row: row++, column })
    else changes.push({ mark: '+', line: come, row, column: column++ })
  }
}

/** How many lines the rests of both sides have in common, from any pair of lines on. */
function commonLengths(
  old: readonly string[],
  next: readonly string[],
): (row: number, column: number) => number {
  const width = next.length + 1
  const lengths = new Uint32Array((old.length + 1) * width)
  const at = (row: number, column: number) => lengths[row * width + column] ?? 0
  for (let row = old.length - 1; row >= 0; row--)
    for (let column = next.length - 1; column >= 0; column--)
      lengths[row * width + column] =
        old[row] === next[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1))
  return at
}
