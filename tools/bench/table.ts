import type { BenchRow } from '../../bench/row.ts'

const HEADINGS = ['what', 'figure', 'ratio', 'target', 'met']

/** The table as Markdown whose columns also line up on a terminal. */
export function printTable(rows: readonly BenchRow[]): string {
  const cells = [HEADINGS, ...rows.map(cellsOf)]
  const widths = HEADINGS.map((_, column) => Math.max(...cells.map(row => row[column]?.length ?? 0)))
  const lines = cells.map(row => printLine(row.map((cell, column) => cell.padEnd(widths[column] ?? 0))))
  const rule = printLine(widths.map(width => '-'.repeat(width)))
  return [...lines.slice(0, 1), rule, ...lines.slice(1)].join('\n')
}

function cellsOf({ what, figure, ratio, target, met }: BenchRow): string[] {
  return [what, figure, printRatio(ratio), target, target === 'none' ? '' : met ? 'yes' : 'NO']
}

/** Three significant digits, whatever the size. */
function printRatio(ratio: number | undefined): string {
  if (ratio === undefined) return ''
  return ratio >= 100 ? ratio.toFixed(0) : ratio.toPrecision(3)
}

function printLine(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}
