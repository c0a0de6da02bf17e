import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const run = promisify(execFile)
const SCRIPT = fileURLToPath(new URL('./record-calls.ts', import.meta.url))

/** What each write asks of the disk until it is answered: content before its name, and the name before the answer. */
const CALLS: Readonly<Record<string, readonly string[]>> = {
  replace: [
    'writeFile a/b/TEMPORARY',
    'sync a/b/TEMPORARY',
    'rename a/b/TEMPORARY a/b/named.conf',
    'rm a/b/TEMPORARY',
    'sync a/b',
  ],
  'replace with new folders': [
    'mkdir a',
    'sync .',
    'mkdir a/b',
    'sync a',
    'writeFile a/b/TEMPORARY',
    'sync a/b/TEMPORARY',
    'rename a/b/TEMPORARY a/b/named.conf',
    'rm a/b/TEMPORARY',
    'sync a/b',
  ],
  create: ['writeFile TEMPORARY', 'sync TEMPORARY', 'link TEMPORARY lock', 'rm TEMPORARY', 'sync .'],
  'append to nothing': ['appendFile journal', 'sync journal', 'sync .'],
  append: ['appendFile journal', 'sync journal'],
  copy: [
    'writeFile a/TEMPORARY',
    'sync a/TEMPORARY',
    'rename a/TEMPORARY a/journal',
    'rm a/TEMPORARY',
    'sync a',
  ],
  remove: ['rm a/b', 'sync a'],
}

describe('what is answered is on disk', () => {
  let folder: string
  let recorded: ReadonlyMap<string, readonly string[]>

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'baton-durable-'))
    const { stdout } = await run(process.execPath, ['--import', 'tsx', SCRIPT, folder])
    const lines = stdout.trimEnd().split('\n')
    recorded = new Map(lines.map(line => JSON.parse(line) as [string, string[]]))
  })
  afterAll(() => rm(folder, { recursive: true }))

  it.each(Object.entries(CALLS))('after %s', (name, calls) => {
    expect(recorded.get(name)).toEqual(calls)
  })
})
