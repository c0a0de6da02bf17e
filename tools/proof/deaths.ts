import { existsSync, readFileSync, writeFileSync } from 'node:fs'
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
const CELL_SECONDS = 20
const SECONDS_PER_MINUTE = 60

/**
 * `npm run proof:deaths [-- --sample N --seed N --only 'switchover promote' --write]`: in each step of each operation somebody dies, and then
 * somebody else, and the command that the pages name leads on, until a server takes updates and nothing is unfinished. With `--only` the
 * cells whose name begins so; with `--write` what was run goes to `docs/ways-out.md`. Exits 1 when nothing led on somewhere.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      sample: { type: 'string' },
      seed: { type: 'string', default: String(Date.now() % SEED_SPACE) },
      only: { type: 'string', default: '' },
      write: { type: 'boolean', default: false },
    },
  })
  const [sample, seed] = [Number(values.sample ?? 0), Number(values.seed)]
  if (!Number.isSafeInteger(sample) || !Number.isSafeInteger(seed)) return EXIT_USAGE
  const all = deathCells().filter(cell => nameOf(cell).startsWith(values.only))
  const cells = values.sample === undefined ? all : pick(all, sample, seed)
  const minutes = Math.ceil((cells.length * CELL_SECONDS) / SECONDS_PER_MINUTE)
  say(`seed ${seed}: ${cells.length} of ${deathCells().length} cells, about ${minutes} minutes`)
  let stuck = 0
  for (const cell of cells) {
    const { itself, commands, wrong } = await dieInStep(cell)
    const way = commands.length === 0 ? 'nothing' : commands.map(command => `\`${command}\``).join(', then ')
    say(`${nameOf(cell)}: ${itself}; ${way}${wrong === undefined ? '' : `, WRONG: ${wrong}`}`)
    if (wrong !== undefined) stuck++
    else if (values.write) writeDown({ cell: nameOf(cell), itself, commands: way })
  }
  say(`deaths: ${cells.length} cells, ${stuck} from which nothing led on`)
  return stuck === 0 ? 0 : 1
}

/** At once, so that a proof that is stopped has not run in vain. */
function writeDown(row: DeathRow): void {
  const before = existsSync(PAGE) ? readDeathPage(readFileSync(PAGE, 'utf8')) : []
  writeFileSync(PAGE, printDeathPage([...before, row]))
}

function pick(cells: readonly DeathCell[], count: number, seed: number): readonly DeathCell[] {
  return sampleWrites(cells.length, { count, seed }).flatMap(write => cells[write - 1] ?? [])
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

process.exitCode = await main()
