import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { resume, rollback } from '../../src/app/commands/index.ts'
import { dyingDoors, type Moment, WriteCounter } from '../support/dying-host.ts'
import { outcomeOf, PushBench } from '../support/push-bench.ts'
import { UNWATCHED } from '../support/story.ts'

class Death extends Error {}

describe('a push that dies', () => {
  let bench: PushBench
  let writes: number

  beforeAll(async () => {
    bench = await PushBench.open()
    const counter = new WriteCounter()
    changeEverything(bench, 'counted')
    expect(outcomeOf(await bench.push({}, dyingDoors(counter)))).toBe('done')
    writes = counter.writes
  }, 60_000)
  afterAll(() => bench.remove())

  const dieAt = async (write: number, moment: Moment) => {
    const die = () => {
      throw new Death()
    }
    const doors = dyingDoors(new WriteCounter({ write, moment, die }))
    await expect(bench.push({}, doors)).rejects.toThrow(Death)
  }
  const options = () => ({ fleetFile: bench.fleetFile, takeOver: true, watch: UNWATCHED })
  const state = () => ['ns1', 'ns2', 'e1'].map(server => bench.filesOn(server))

  /**
   * One in so many writes is tried here, the control key changing under way. The first tenth puts the record down: until the locks are
   * taken nothing has begun.
   */
  const places = Array.from({ length: 7 }, (_, index) => (index + 3) / 10)

  it.each([1 / 20, 1 / 10])('at %f of its way has not begun, and is in nobody’s way', async place => {
    const before = state()
    changeEverything(bench, `before ${place}`)
    await dieAt(Math.ceil(writes * place), 'after')
    const resumed = await resume(options())
    expect(!resumed.ok && resumed.error.map(({ code }) => code)).toEqual(['engine.nothing-unfinished'])
    expect(state()).toEqual(before)
    expect(outcomeOf(await bench.push())).toBe('done')
  })

  it.each(places)('at %f of its way is resumed to the same end', async place => {
    changeEverything(bench, `resumed ${place}`)
    await dieAt(Math.ceil(writes * place), 'after')
    const resumed = await resume(options())
    expect(resumed.ok ? resumed.value.outcome : resumed.error).toBe('done')
    expect(outcomeOf(await bench.push())).toBe('nothing-to-do')
    expect((await bench.status()).well).toBe(true)
  })

  it.each(places)('at %f of its way is rolled back to where it began', async place => {
    const before = state()
    const key = bench.read(bench.at('keys/rndc.key'))
    changeEverything(bench, `rolled back ${place}`)
    await dieAt(Math.ceil(writes * place), 'after')
    const rolledBack = await rollback(options())
    expect(rolledBack.ok ? rolledBack.value.outcome : rolledBack.error).toBe('rolled-back')
    expect(state()).toEqual(before)
    bench.edit(bench.at('keys/rndc.key'), () => key)
    expect((await bench.status()).servers.map(({ seen }) => seen)).toEqual([true, true, true])
  })
})

/** Files on every server, and the very key by which they are told to read them. */
function changeEverything(bench: PushBench, word: string): void {
  bench.touchBases(word)
  bench.newKey('rndc')
}
