import { clip, type Line, type Piece, tell } from './line.ts'

export type Column = {
  readonly heading: string
  readonly align: 'left' | 'right'
  /** On a narrow terminal the column with the lowest worth goes first. */
  readonly worth: number
}

export type Table = { readonly columns: readonly Column[]; readonly rows: readonly (readonly Piece[])[] }

const GAP = '  '

/** Aligned columns under their headings, no wider than the terminal. */
export function layTable(table: Table, width: number): readonly Line[] {
  const shown = fitColumns(table, width)
  const heading = table.columns.map(column => tell(column.heading, 'faint'))
  return [heading, ...table.rows].map(cells =>
    clip(
      shown.flatMap(({ column, index, columns }, position) => [
        ...(position === 0 ? [] : [tell(GAP)]),
        ...align(cells[index] ?? tell(''), column, columns),
      ]),
      width,
    ),
  )
}

type ShownColumn = { readonly column: Column; readonly index: number; readonly columns: number }

function fitColumns({ columns, rows }: Table, width: number): readonly ShownColumn[] {
  let shown = columns.map((column, index) => ({
    column,
    index,
    columns: Math.max(column.heading.length, ...rows.map(cells => cells[index]?.text.length ?? 0)),
  }))
  while (shown.length > 1 && totalOf(shown) > width) {
    const least = Math.min(...shown.map(({ column }) => column.worth))
    shown = shown.filter(({ column }) => column.worth !== least)
  }
  return shown
}

function totalOf(shown: readonly ShownColumn[]): number {
  return shown.reduce((sum, { columns }) => sum + columns, (shown.length - 1) * GAP.length)
}

function align(cell: Piece, column: Column, columns: number): Line {
  const blank = tell(' '.repeat(columns - cell.text.length))
  return column.align === 'left' ? [cell, blank] : [blank, cell]
}
