import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { BenchRow } from '../../bench/row.ts'
import { invariant } from '../../src/core/base/index.ts'
import { describeMachine } from './machine.ts'
import { replaceTable } from './page.ts'
import { printTable } from './table.ts'

const PAGE = 'docs/performance.md'
const ENDING = '.bench.ts'
const EXIT_TARGET_MISSED = 1
const EXIT_USAGE = 64

/**
 * `npm run bench [-- NAME …] [--write]`: runs the benchmarks one after another and prints one table. With `--write`
 * the table also goes into docs/performance.md. Exits 1 when a target was missed.
 */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: { write: { type: 'boolean', default: false } },
    allowPositionals: true,
  })
  const available = readdirSync('bench')
    .filter(file => file.endsWith(ENDING))
    .map(file => file.slice(0, -ENDING.length))
    .sort()
  const unknown = positionals.filter(name => !available.includes(name))
  if (unknown.length > 0) {
    process.stderr.write(`No such benchmark: ${unknown.join(', ')}. There are: ${available.join(', ')}.\n`)
    return EXIT_USAGE
  }
  const rows: BenchRow[] = []
  for (const name of positionals.length > 0 ? positionals : available) {
    process.stderr.write(`${name} …\n`)
    const bench = await loadBench(name)
    rows.push(...(await bench()))
  }
  const table = `${describeMachine()}, ${new Date().toISOString().slice(0, 10)}.\n\n${printTable(rows)}`
  process.stdout.write(`${table}\n`)
  if (values.write) writePage(table)
  return rows.every(row => row.met) ? 0 : EXIT_TARGET_MISSED
}

async function loadBench(name: string): Promise<() => Promise<BenchRow[]>> {
  const module = (await import(`../../bench/${name}${ENDING}`)) as { bench?: unknown }
  invariant(typeof module.bench === 'function', `bench/${name}${ENDING} exports a function called bench`)
  return module.bench as () => Promise<BenchRow[]>
}

function writePage(table: string): void {
  const page = replaceTable(readFileSync(PAGE, 'utf8'), table)
  invariant(page !== undefined, `${PAGE} has the two markers between which the table goes`)
  writeFileSync(PAGE, page)
}

process.exitCode = await main()
