import { deathCells, nameOf } from './death-cells.ts'

/** What led on from a cell, as it was run. */
export type DeathRow = { readonly cell: string; readonly itself: string; readonly commands: string }

const HEAD = `# Ways out

What leads on when something dies in the middle of an operation, and then something else. Three peers and a secondary: \`from\` and \`to\`
are the two between which the role passes, of a push \`from\` is the active, of a rejoin it is who returns, of a resolve who steps down.
The old active of a failover is dead before. "Of two" is a fleet of two peers. "Nothing" means that the operation came to an end by itself,
with an active that takes updates. Where no peer is left, the one that died last is brought back first. \`npm run proof:deaths -- --write\`
runs the cells on real servers and writes this page; what is not in the table has not been run yet.
`

const TITLE =
  '| operation | step | dies | dies next | the operation itself | what leads on |\n|---|---|---|---|---|---|\n'

/** The page with these rows, in the order of the table of cells. */
export function printDeathPage(rows: readonly DeathRow[]): string {
  const byCell = new Map(rows.map(row => [row.cell, row]))
  const known = deathCells().flatMap(cell => byCell.get(nameOf(cell)) ?? [])
  const lines = known.map(
    ({ cell, itself, commands }) => `| ${cell.split(' ').join(' | ')} | ${itself} | ${commands} |\n`,
  )
  return `${HEAD}\n${known.length} of ${deathCells().length} cells.\n\n${TITLE}${lines.join('')}`
}

/** The rows of the page as it is. */
export function readDeathPage(page: string): readonly DeathRow[] {
  return page.split('\n').flatMap(line => {
    const words = line.split('|').map(word => word.trim())
    if (words.length !== COLUMNS || words[1] === 'operation' || words[1]?.startsWith('-') !== false) return []
    const [, operation, step, dies, next, itself = '', commands = ''] = words
    return [{ cell: `${operation} ${step} ${dies} ${next}`, itself, commands }]
  })
}

/** With the empty ones at both ends. */
const COLUMNS = 8
