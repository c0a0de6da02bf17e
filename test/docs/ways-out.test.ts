import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { deathCells, nameOf } from '../../tools/proof/death-cells.ts'
import { printDeathPage, readDeathPage } from '../../tools/proof/death-page.ts'

const page = readFileSync('docs/ways-out.md', 'utf8')

it('docs/ways-out.md is as the proof writes it, and every row is a cell that the proof knows', () => {
  const names = deathCells().map(nameOf)
  const rows = readDeathPage(page)
  expect(rows.filter(({ cell }) => !names.includes(cell))).toEqual([])
  expect(page).toBe(printDeathPage(rows))
})

it('every cell of the table is another one', () => {
  const names = deathCells().map(nameOf)
  expect(new Set(names).size).toBe(names.length)
})
