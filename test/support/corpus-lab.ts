import { chmodSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSession } from '../../src/app/commands/session/session.ts'
import { locateNamed, prepareNamed } from '../../src/app/lab/binary.ts'
import { findPorts, labPaths, openLab, startLab, stopLab } from '../../src/app/lab/index.ts'
import type { Story } from './story.ts'

const CORPUS = join(import.meta.dirname, '../corpus/version-0.1')
const PORTS = 9

/** Where a switchover of Baton 0.1 died: at the beginning of this step. `fleet` has no unfinished run. */
export type Moment = 'fleet' | 'freeze' | 'promote' | 'demote' | 'converge'

/** A fleet as Baton 0.1 left it, fleet folder and servers, on free ports of this machine and running. */
export async function openCorpus(moment: Moment): Promise<Story> {
  const folder = mkdtempSync(join(tmpdir(), 'baton-corpus-'))
  cpSync(join(CORPUS, 'fleet'), folder, { recursive: true })
  if (moment !== 'fleet') cpSync(join(CORPUS, moment), folder, { recursive: true })
  const fleetFile = labPaths(folder).fleet
  const ports = must(await findPorts(PORTS))
  const named = prepareNamed(must(locateNamed(process.env['PATH'] ?? '')), labPaths(folder).binary)
  const words = new Map([
    ['FOLDER', folder],
    ['NAMED', named.path],
    ...ports.map((port, index) => [`PORT+${index}`, String(port)] as const),
  ])
  fillIn(folder, words)
  // A plan of version 1 names what the folder renders to, which the ports have changed.
  const session = must(await openSession({ fleetFile }))
  await session.close()
  fillIn(folder, new Map([['FINGERPRINT', session.fingerprint ?? '']]))
  rmSync(join(folder, '.baton', 'rendered.json'), { force: true })
  must(await startLab(folder))
  return {
    lab: must(openLab(folder)),
    fleetFile,
    remove: async () => {
      must(await stopLab(folder))
      rmSync(folder, { recursive: true })
    },
  }
}

/** Git keeps no modes but that of programs: these are the ones that Baton 0.1 gave. */
const MODES: readonly (readonly [RegExp, number])[] = [
  [/\/etc\/(named(\.\w+)?\.conf|baton\/(base\.conf|shared\.conf|guard\.key|guard\.rndc|lock))$/, 0o640],
  [/\/baton\/runs\/[^/]+\/journal$/, 0o640],
  [/\/etc\/baton\/guard$/, 0o755],
  [/\/etc\/baton\/(state|guard\.zones|(marker|active|standby|closed|zones)\/[^/]+)$/, 0o644],
]
const MODE_OTHERWISE = 0o600

function fillIn(folder: string, words: ReadonlyMap<string, string>): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.parentPath.endsWith('/bin')) continue
    const path = join(entry.parentPath, entry.name)
    const text = readFileSync(path, 'latin1')
    const filled = text.replace(/@([A-Z]+(?:\+\d)?)@/g, (whole, word: string) => words.get(word) ?? whole)
    writeFileSync(path, filled, 'latin1')
    chmodSync(path, MODES.find(([kind]) => kind.test(path))?.[1] ?? MODE_OTHERWISE)
  }
}

function must<Value>(result: { ok: true; value: Value } | { ok: false; error: unknown }): Value {
  if (result.ok) return result.value
  throw new Error(JSON.stringify(result.error))
}
