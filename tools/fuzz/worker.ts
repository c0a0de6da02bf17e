import { invariant } from '../../src/core/base/index.ts'
import type { FuzzReport } from './report.ts'
import type { Slice } from './slices.ts'
import { FUZZ_TARGETS } from './targets.ts'

process.on('message', (slice: Slice) => process.send?.(trySlice(slice)))

/** What is thrown past the target's own report is a finding too: nothing may be thrown at random input. */
function trySlice({ target, seed, count }: Slice): FuzzReport {
  const fuzz = FUZZ_TARGETS[target]
  invariant(fuzz !== undefined, `${target} is a target`)
  try {
    return fuzz(seed, count)
  } catch (error) {
    return { inputs: 0, failures: [`it threw ${error instanceof Error ? error.stack : String(error)}`] }
  }
}
