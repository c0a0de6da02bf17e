import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type DeathCell, deathCells, nameOf } from './death-cells.ts'
import { type DeathRow, printDeathPage, readDeathPage } from './death-page.ts'
import { dieInStep } from './die-in-step.ts'
import { sampleWrites } from './sample-writes.ts'

const PAGE = join(import.meta.dirname, '../../docs/ways-out.md')
const SEED_SPACE = 2 ** 32
const EXIT_USAGE = 64
/** What a cell takes on a machine that is not busy, in seconds. */
const CELL_SECONDS = 6
const SECONDS_PER_MINUTE = 60

/**
 * `npm run proof:deaths [-- --sample N --seed N --only 'switchover promote' --shard I/N --write | --rows FILE]`: in each step of each operation somebody dies, and then
 * somebody else, and the command that the pages name leads on, until a server takes updates and nothing is unfinished. With `--only`, which
 * may be given more than once, the cells whose name begins so, with `--shard 1/2` every second one of them. With `--write` what was run goes to `docs/ways-out.md`, with
 * `--rows` to a file of its own: shards that run side by side. `--join FILE --join FILE` runs nothing and makes the page of such files.
 * Exits 1 when nothing led on somewhere.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      sample: { type: 'string' },
      seed: { type: 'string', default: String(Date.now() % SEED_SPACE) },
      only: { type: 'string', multiple: true, default: [''] },
      shard: { type: 'string', default: '1/1' },
      write: { type: 'boolean', default: false },
      rows: { type: 'string' },
      join: { type: 'string', multiple: true },
    },
  })
  if (values.join !== undefined) return joinRows(values.join)
  const [sample, seed] = [Number(values.sample ?? 0), Number(values.seed)]
  const [shard = 0, shards = 0] = values.shard.split('/').map(Number)
  const isShard = Number.isSafeInteger(shard) && Number.isSafeInteger(shards) && shard >= 1 && shard <= shards
  if (!Number.isSafeInteger(sample) || !Number.isSafeInteger(seed) || !isShard) return EXIT_USAGE
  const all = deathCells().filter(cell => values.only.some(only => nameOf(cell).startsWith(only)))
  const chosen = values.sample === undefined ? all : pick(all, sample, seed)
  const cells = chosen.filter((_, index) => index % shards === shard - 1)
  const minutes = Math.ceil((cells.length * CELL_SECONDS) / SECONDS_PER_MINUTE)
  say(`seed ${seed}: ${cells.length} of ${deathCells().length} cells, about ${minutes} minutes`)
  let stuck = 0
  for (const cell of cells) {
    const { itself, commands, wrong } = await dieInStep(cell)
    const way = commands.length === 0 ? 'nothing' : commands.map(inPage).join(', then ')
    say(`${nameOf(cell)}: ${itself}; ${way}${wrong === undefined ? '' : `, WRONG: ${wrong}`}`)
    if (wrong !== undefined) stuck++
    else {
      const row = { cell: nameOf(cell), itself, commands: way }
      if (values.write) writeDown([row])
      if (values.rows !== undefined) appendFileSync(values.rows, `${JSON.stringify(row)}\n`)
    }
  }
  say(`deaths: ${cells.length} cells, ${stuck} from which nothing led on`)
  return stuck === 0 ? 0 : 1
}

/** What a person types, and what a person does. */
function inPage(command: string): string {
  return command.startsWith('baton ') ? `\`${command}\`` : command
}

/** At once, so that a proof that is stopped has not run in vain. */
function writeDown(rows: readonly DeathRow[]): void {
  const before = existsSync(PAGE) ? readDeathPage(readFileSync(PAGE, 'utf8')) : []
  writeFileSync(PAGE, printDeathPage([...before, ...rows]))
}

/** The page of what shards have run, and of nothing else. */
function joinRows(files: readonly string[]): number {
  const lines = files.flatMap(file => readFileSync(file, 'utf8').split('\n')).filter(line => line !== '')
  const rows = lines.map(line => JSON.parse(line) as DeathRow)
  writeFileSync(PAGE, printDeathPage(rows))
  say(`deaths: ${rows.length} rows of ${files.length} files, ${deathCells().length} cells in all`)
  return 0
}

function pick(cells: readonly DeathCell[], count: number, seed: number): readonly DeathCell[] {
  return sampleWrites(cells.length, { count, seed }).flatMap(write => cells[write - 1] ?? [])
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

process.exitCode = await main()
