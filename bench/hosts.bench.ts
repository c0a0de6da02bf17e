import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { diskSerials, localHost } from '../src/io/hosts/index.ts'
import type { BenchRow } from './row.ts'

const run = promisify(execFile)

const ZONES = 20_000
const FILES = 2 * ZONES
const HEAD_BYTES = 512
/** Started one by one, a shell's commands take a minute for all files: a part is measured and scaled. */
const SHELL_SAMPLE = 2000
const COMPILED_SAMPLE = 100
const RATIO_SHELL_MIN = 20
const RATIO_COMPILED_MIN = 100

/** Reading the heads of 40,000 files, and the serials of 20,000 zones, against the shell and BIND's own tool. */
export async function bench(): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'baton-bench-hosts-'))
  try {
    await writeZones(folder)
    return [await benchHeads(folder), await benchSerials(folder)]
  } finally {
    await rm(folder, { recursive: true })
  }
}

const zoneFile = (index: number) => `z${index}.db`

async function writeZones(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (let index = 0; index < FILES; index++)
    await writeFile(
      join(folder, zoneFile(index)),
      `$TTL 300\n@ IN SOA ns.other. host.z. (\n\t${index} ; serial\n\t3600 600 86400 300 )\n NS ns.other.\n${'; filler\n'.repeat(70)}`,
    )
}

async function benchHeads(folder: string): Promise<BenchRow> {
  const paths = Array.from({ length: FILES }, (_, index) => zoneFile(index))
  const ours = await perSecond(FILES, () => localHost('bench').heads({ folder, paths, bytes: HEAD_BYTES }))
  const loop = `for f in $(seq 0 ${SHELL_SAMPLE - 1}); do head -c ${HEAD_BYTES} z$f.db >/dev/null; done`
  const shell = await perSecond(SHELL_SAMPLE, () => run('sh', ['-c', loop], { cwd: folder }))
  return row('heads of 40,000 files, against a shell loop of head(1)', {
    ours,
    other: shell,
    ratioMin: RATIO_SHELL_MIN,
  })
}

async function benchSerials(folder: string): Promise<BenchRow> {
  const zones = Array.from({ length: ZONES }, (_, index) => ({
    id: `z${index}`,
    name: 'z',
    file: zoneFile(index),
    journal: `${zoneFile(index)}.jnl`,
    format: 'text' as const,
  }))
  const ours = await perSecond(ZONES, () => diskSerials(localHost('bench'), { folder, zones }))
  const compiled = await perSecond(COMPILED_SAMPLE, async () => {
    for (let index = 0; index < COMPILED_SAMPLE; index++)
      await run('named-compilezone', ['-j', '-i', 'none', '-o', '/dev/null', 'z', zoneFile(index)], {
        cwd: folder,
      })
  })
  return row('serials on disk of 20,000 zones, against named-compilezone', {
    ours,
    other: compiled,
    ratioMin: RATIO_COMPILED_MIN,
  })
}

async function perSecond(count: number, work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return (count * 1000) / (performance.now() - started)
}

type Comparison = { readonly ours: number; readonly other: number; readonly ratioMin: number }

function row(what: string, { ours, other, ratioMin }: Comparison): BenchRow {
  const ratio = ours / other
  return {
    what,
    figure: `${Math.round(ours)} a second against ${Math.round(other)}`,
    ratio,
    target: `at least ${ratioMin}`,
    met: ratio >= ratioMin,
  }
}
