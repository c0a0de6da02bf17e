import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Clock } from '../../../src/core/base/index.ts'
import type { Plan } from '../../../src/core/plan/index.ts'
import { localHost } from '../../../src/io/hosts/index.ts'
import type { beginRun, Holder, Journal, JournalCopy } from '../../../src/io/journal/index.ts'

/** The operator's own copy and those of two peers, in a folder that goes away again. */
export type Copies = {
  readonly folder: string
  readonly all: readonly JournalCopy[]
  readonly remove: () => Promise<void>
}

export async function makeCopies(): Promise<Copies> {
  const folder = await mkdtemp(join(tmpdir(), 'baton-journal-'))
  const all = ['here', 'ns1', 'ns2'].map(name => copyIn(join(folder, name), name))
  return { folder, all, remove: () => rm(folder, { recursive: true }) }
}

export function copyIn(folder: string, name: string): JournalCopy {
  return { name, files: localHost(name), folder, locked: name !== 'here' }
}

export const clock: Clock = { now: () => Date.now(), elapsed: () => performance.now() }

export const HOLDER: Holder = { by: 'eva@desk', machine: 'desk', pid: 4711 }

export function planOf(run: string): Plan {
  return {
    version: 1,
    run,
    operation: 'switchover',
    fleet: 'demo',
    fingerprint: 'abc',
    by: 'eva@desk',
    reason: 'a test',
    created: '2026-11-22T12:00:00Z',
    handover: { set: 'default', from: 'ns1', to: 'ns2', termBefore: 1, termAfter: 2, without: [] },
    steps: [
      { kind: 'settle', server: 'ns2', set: 'default' },
      { kind: 'catch-up', server: 'ns2', from: 'ns1', set: 'default' },
    ],
  }
}

/** A run that is held, or why it is not. */
export async function held(taken: Promise<Awaited<ReturnType<typeof beginRun>>>): Promise<Journal> {
  const journal = await taken
  if (!journal.ok) throw new Error(journal.error.because)
  return journal.value
}
