import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { FuzzReport } from './report.ts'
import { repeatCommand, type Slice } from './slices.ts'

/** A slice takes about a second; one that takes this long hangs. */
const SLICE_TIMEOUT_MS = 60_000

/** What came of all slices together. */
export type CrewReport = {
  inputs: number
  /** Slices that were not begun because the time was up. */
  left: number
  /** With the command that repeats the slice. */
  failures: string[]
}

/** Tries the slices in so many processes at once, and begins none after the deadline (`performance.now()`). */
export async function trySlices(
  slices: readonly Slice[],
  { processes, deadline }: { processes: number; deadline: number },
): Promise<CrewReport> {
  const waiting = [...slices]
  const report: CrewReport = { inputs: 0, left: 0, failures: [] }
  const work = async (): Promise<void> => {
    let worker = startWorker()
    while (performance.now() < deadline) {
      const slice = waiting.shift()
      if (slice === undefined) break
      const outcome = await trySlice(worker, slice)
      report.inputs += outcome.inputs
      report.failures.push(
        ...outcome.failures.map(said => `${slice.target}: ${said}\n  ${repeatCommand(slice)}`),
      )
      if (outcome.lost) {
        worker.kill('SIGKILL')
        worker = startWorker()
      }
    }
    worker.kill('SIGKILL')
  }
  await Promise.all(Array.from({ length: processes }, work))
  report.left = waiting.length
  return report
}

/** A process, not a thread: it can be ended however it hangs, and takes its memory with it. */
function startWorker(): ChildProcess {
  return fork(fileURLToPath(new URL('./worker.ts', import.meta.url)))
}

/** One slice in that process, which is `lost` when it hangs or broke down. */
function trySlice(worker: ChildProcess, slice: Slice): Promise<FuzzReport & { lost: boolean }> {
  return new Promise(resolve => {
    const settle = (outcome: FuzzReport & { lost: boolean }) => {
      clearTimeout(timeout)
      worker.off('message', onMessage)
      worker.off('exit', onExit)
      resolve(outcome)
    }
    const lose = (because: string) => settle({ inputs: 0, failures: [because], lost: true })
    const onMessage = (report: FuzzReport) => settle({ ...report, lost: false })
    const onExit = () => lose('its process ended; standard error says why')
    const timeout = setTimeout(() => lose(`no end after ${SLICE_TIMEOUT_MS / 1000} s`), SLICE_TIMEOUT_MS)
    worker.on('message', onMessage)
    worker.on('exit', onExit)
    worker.send(slice)
  })
}
