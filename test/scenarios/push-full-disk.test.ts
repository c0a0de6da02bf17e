import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SessionOptions } from '../../src/app/commands/index.ts'
import { labServerPaths } from '../../src/app/lab/index.ts'
import { ok } from '../../src/core/base/index.ts'
import { localHost } from '../../src/io/hosts/index.ts'
import { dyingHost, WriteCounter } from '../support/dying-host.ts'
import { findFaults } from '../support/find-faults.ts'
import { outcomeOf, PushBench, problemsOf } from '../support/push-bench.ts'
import { fill, mountOver } from '../support/small-disk.ts'

const SKIPPED = 'only root can mount a small disk'
const NOTHING_WRITTEN = { updates: [], unacknowledged: [] }
/** Far above what a push of a few files writes on one server. */
const WRITES_MAX = 200

describe('a disk that fills up during a push', () => {
  let bench: PushBench
  let unmount: (() => void) | undefined
  let full: string

  beforeAll(async () => {
    bench = await PushBench.open()
    bench.edit(bench.fleetFile, text => text.replace(/^policy:$/m, 'policy:\n  free-space-min: 1 KiB'))
    const { configuration } = labServerPaths(bench.lab.folder, 'ns2')
    unmount = mountOver(configuration)
    full = join(configuration, 'full')
  })
  afterAll(async () => {
    unmount?.()
    await bench.remove()
  })

  /** Fills it right before that write on ns2; whether there were so many. */
  const fillAt = async (write: number) => {
    const counter = new WriteCounter({ write, moment: 'before', die: () => fill(full) })
    const openHost: SessionOptions['openHost'] = ({ name }) =>
      ok(name === 'ns2' ? dyingHost(localHost(name), counter) : localHost(name))
    const pushed = await bench.push({}, { openHost })
    writeFileSync(full, '')
    return { pushed, wasFull: counter.writes >= write }
  }

  /** One half of the writes each, so that neither takes too long. */
  it.for([1, 2])(
    'at any write leaves the servers as they were, or as they should be, and never in between (from %i)',
    async (first, { skip }) => {
      if (unmount === undefined) skip(SKIPPED)
      const outcomes = new Set<string>()
      for (let write = first; write <= WRITES_MAX; write += 2) {
        bench.touchBases(`at write ${write}`)
        const before = bench.filesOn('ns2')
        const { pushed, wasFull } = await fillAt(write)
        const outcome = outcomeOf(pushed)
        outcomes.add(outcome)
        expect(['refused', 'rolled-back', 'done'], `at write ${write}`).toContain(outcome)
        if (outcome !== 'done') {
          expect(problemsOf(pushed).map(({ code }) => code)).toContain('hosts.disk-full')
          expect(withoutFull(bench.filesOn('ns2')), `at write ${write}`).toEqual(withoutFull(before))
          expect(outcomeOf(await bench.push()), `after write ${write}`).toBe('done')
        }
        if (!wasFull) break
      }
      expect([...outcomes].toSorted()).toEqual(['done', 'refused', 'rolled-back'])
      const standings = [{ active: 'ns1', term: 1 }]
      expect(await findFaults(bench.lab, { standings, written: NOTHING_WRITTEN })).toEqual([])
    },
  )

  const withoutFull = (files: ReadonlyMap<string, string>) =>
    new Map([...files].filter(([path]) => path !== full))
})
