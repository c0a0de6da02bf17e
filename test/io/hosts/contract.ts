import { afterAll, beforeAll, beforeEach, describe } from 'vitest'
import { bulkContract } from './contract-bulk.ts'
import { holdingContract } from './contract-holding.ts'
import { readingContract } from './contract-reading.ts'
import { surroundingsContract } from './contract-surroundings.ts'
import { writingContract } from './contract-writing.ts'
import { type HostUnderTest, Workbench } from './workbench.ts'

/** What every implementation of `Host` must do. */
export function hostContract(name: string, open: () => Promise<HostUnderTest>): void {
  describe(`the host contract: ${name}`, () => {
    const bench = new Workbench()

    beforeAll(async () => bench.open(await open()))
    beforeEach(() => bench.clear())
    afterAll(() => bench.close())

    readingContract(bench)
    writingContract(bench)
    holdingContract(bench)
    bulkContract(bench)
    surroundingsContract(bench)
  })
}
