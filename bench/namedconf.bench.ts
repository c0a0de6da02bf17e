import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'tsdown'
import { invariant } from '../src/core/base/index.ts'
import type { BenchRow } from './row.ts'

const PROGRAM = fileURLToPath(new URL('./namedconf/print-conf.ts', import.meta.url))
const ZONES = 20_000
/** Of each program, in turn; the median counts. */
const ROUNDS = 7
const OUTPUT_BYTES_MAX = 64 * 1024 * 1024

/** Reading and printing a large configuration as a whole process, against `named-checkconf -p` in the same run. */
export async function bench(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'baton-bench-'))
  try {
    const conf = join(folder, 'named.conf')
    writeFileSync(conf, configuration(folder))
    const ours = { program: process.execPath, args: [await buildProgram(folder), conf] }
    const theirs = { program: 'named-checkconf', args: ['-p', conf] }
    invariant(run(ours).equals(readFileSync(conf)), 'what is printed is what was read')
    const times = Array.from({ length: ROUNDS }, () => [timeRun(ours), timeRun(theirs)] as const)
    const oursMs = median(times.map(([time]) => time))
    const theirsMs = median(times.map(([, time]) => time))
    return [row(oursMs, theirsMs)]
  } finally {
    rmSync(folder, { recursive: true })
  }
}

type Program = { readonly program: string; readonly args: readonly string[] }

function row(oursMs: number, theirsMs: number): BenchRow {
  const ratio = theirsMs / oursMs
  return {
    what: `parse and print ${ZONES.toLocaleString('en')} zones, Node's start included`,
    figure: `${oursMs.toFixed(0)} ms; named-checkconf -p: ${theirsMs.toFixed(0)} ms`,
    ratio,
    target: 'more than 1',
    met: ratio > 1,
  }
}

/** One file, as the package has it: nobody runs it through a TypeScript loader. */
async function buildProgram(folder: string): Promise<string> {
  await build({
    config: false,
    entry: { 'print-conf': PROGRAM },
    outDir: folder,
    clean: false,
    dts: false,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    fixedExtension: true,
    logLevel: 'silent',
  })
  return join(folder, 'print-conf.mjs')
}

function timeRun(program: Program): number {
  const start = performance.now()
  run(program)
  return performance.now() - start
}

function run({ program, args }: Program): Buffer {
  return execFileSync(program, args, { maxBuffer: OUTPUT_BYTES_MAX })
}

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] as number
}

function configuration(directory: string): string {
  const zones = Array.from({ length: ZONES }, (_, index) => {
    const name = `z${String(index).padStart(5, '0')}.example`
    return `zone "${name}" {
\ttype primary;
\tfile "zones/${name}.db";
\tmasterfile-format text;
\tallow-transfer { key transfer; };
\tallow-update { key ddns; }; // dynamic
\talso-notify { 127.0.0.1 port 5301 key transfer; 127.0.0.1 port 5302 key transfer; };
};
`
  })
  const head = `options { directory "${directory}"; recursion no; };
key "transfer" { algorithm hmac-sha256; secret "c2VjcmV0IGJ1dCBub3QgcmVhbGx5"; };
key "ddns" { algorithm hmac-sha256; secret "c2VjcmV0IGJ1dCBub3QgcmVhbGx5"; };
`
  return head + zones.join('')
}
