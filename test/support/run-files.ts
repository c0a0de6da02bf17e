import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Lab, labServerPaths } from '../../src/app/lab/index.ts'
import type { JournalEntry } from '../../src/io/journal/index.ts'

/** Where runs are recorded: beside the fleet file, and on every peer of a lab. */
export function recordFolders(lab: Lab, peers: readonly string[] = ['ns1', 'ns2']): readonly string[] {
  const onPeers = peers.map(peer => join(labServerPaths(lab.folder, peer).configuration, 'baton'))
  return [join(lab.folder, '.baton'), ...onPeers]
}

/** The file of the only run that a folder has on record, or its lock. */
export function fileOfRun(folder: string, name: 'lock' | 'plan.json' | 'journal'): string {
  if (name === 'lock') return join(folder, 'lock')
  const [run] = readdirSync(join(folder, 'runs')).toSorted().toReversed()
  return join(folder, 'runs', run ?? '', name)
}

export function isLocked(folder: string): boolean {
  return existsSync(join(folder, 'lock'))
}

/** Loses the lines that are meant from a journal; gives what was there. */
export function loseLines(path: string, isMeant: (entry: JournalEntry) => boolean): string {
  const before = readFileSync(path, 'utf8')
  const kept = before.split('\n').filter(line => line === '' || !isMeant(JSON.parse(line) as JournalEntry))
  writeFileSync(path, kept.join('\n'))
  return before
}
