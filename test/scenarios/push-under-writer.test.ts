import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { resume, rollback } from '../../src/app/commands/index.ts'
import { removePrograms } from '../../tools/proof/bundled.ts'
import { dieAt } from '../../tools/proof/die-at.ts'
import { sampleWrites } from '../../tools/proof/sample-writes.ts'
import { findFaults } from '../support/find-faults.ts'
import { outcomeOf, PushBench } from '../support/push-bench.ts'
import { checkOutAgain } from '../support/second-checkout.ts'
import { UNWATCHED } from '../support/story.ts'
import { startTraffic } from '../support/traffic.ts'
import { until } from '../support/until.ts'

const TRAFFIC = { updatesPerSecond: 40, queriesPerSecond: 40 }
const PUSHES = 3
const DEATHS = { count: 3, seed: 20261122 }
/** No push has so many writes, so its process lives to the end. */
const NEVER = 1_000_000

/** What resume says of a run that has done nothing: its locks are given back. */
const NOT_BEGUN: readonly string[] = ['engine.plan-missing', 'engine.not-begun']

afterAll(removePrograms)

describe('a push while updates keep coming', () => {
  let bench: PushBench

  beforeAll(async () => {
    bench = await PushBench.open()
  })
  afterAll(() => bench.remove())

  /** Does something under a writer; what was lost or is not as it should be afterwards. */
  const underWriter = async (act: () => Promise<void>) => {
    const traffic = startTraffic(bench.lab, TRAFFIC)
    await until('updates are acknowledged', async () => traffic.progress().acknowledged > 10)
    await act()
    const { acknowledged } = traffic.progress()
    await until('writes go on', async () => traffic.progress().acknowledged > acknowledged + 5)
    const { written, watched, asked } = await traffic.stop()
    expect([watched.overlaps, asked.unanswered]).toEqual([[], 0])
    return findFaults(bench.lab, { standings: [{ active: 'ns1', term: 1 }], written })
  }

  it('loses none of them', async () => {
    const faults = await underWriter(async () => {
      for (let round = 0; round < PUSHES; round++) {
        bench.touchBases(`round ${round}`)
        expect(outcomeOf(await bench.push())).toBe('done')
      }
    })
    expect(faults).toEqual([])
  })

  it.each([
    ['resumed', resume, 'done'],
    ['rolled back', rollback, 'rolled-back'],
  ] as const)(
    'loses none when it is killed at some writes and %s from another checkout',
    async (_, act, outcome) => {
      const { fleetFile } = bench
      const order = { fleetFile, operation: 'push', to: undefined, moment: 'amid' } as const
      bench.touchBases(`counted before ${outcome}`)
      const counted = await dieAt({ ...order, write: NEVER })
      if (counted.kind !== 'lived') throw new Error('a push has fewer writes')
      expect(counted.outcome).toBe('done')
      const faults = await underWriter(async () => {
        for (const write of sampleWrites(counted.writes, DEATHS)) {
          bench.touchBases(`${outcome} at ${write}`)
          expect(await dieAt({ ...order, write })).toEqual({ kind: 'died' })
          const options = { fleetFile: await checkOutAgain(bench.lab), takeOver: false, watch: UNWATCHED }
          const ended = await act(options)
          const isBegun = ended.ok || ended.error.every(({ code }) => !NOT_BEGUN.includes(code))
          const taken = isBegun ? ended : await rollback(options)
          const codes = taken.ok ? taken.value.outcome : taken.error.map(({ code }) => code).join(' ')
          expect(isBegun ? [outcome, 'engine.nothing-unfinished'] : ['rolled-back'], `at ${write}`).toContain(
            codes,
          )
        }
        expect(['done', 'nothing-to-do']).toContain(outcomeOf(await bench.push()))
      })
      expect(faults).toEqual([])
    },
  )
})
