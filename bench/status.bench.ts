import { join } from 'node:path'
import { awaitQuiet } from '../test/support/await-quiet.ts'
import { withLab } from '../test/support/with-lab.ts'
import { runBaton, STATUS_EXITS } from './fleet/run-baton.ts'
import { median } from './median.ts'
import type { BenchRow } from './row.ts'

const RUNS = 10
const TARGET_MS = 300

/** `baton status --json` as a whole process, on the fleet of the demo: six servers with 200 zones. */
export function bench(): Promise<BenchRow[]> {
  return withLab({}, async lab => {
    await awaitQuiet(lab)
    const args = ['status', '--fleet', join(lab.folder, 'baton.yaml')]
    const times: number[] = []
    for (let index = 0; index < RUNS; index++)
      times.push((await runBaton({ args, exits: STATUS_EXITS })).elapsedMs)
    const ms = median(times)
    return [
      {
        what: 'baton status --json as a whole process, 6 servers × 200 zones',
        figure: `${ms.toFixed(0)} ms, of ${TARGET_MS} ms; the quickest of ${RUNS} ${Math.min(...times).toFixed(0)} ms`,
        ratio: ms / TARGET_MS,
        target: 'below 1',
        met: ms < TARGET_MS,
      },
    ]
  })
}
