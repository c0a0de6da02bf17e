import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { type Lab, listLab } from '../../src/app/lab/index.ts'

/** NOTIFY for every zone goes on for minutes after swaps of 20,000 zones. */
const QUIET_DEADLINE_MS = 300_000
const INTERVAL_MS = 1000
/** The kernel counts in hundredths of a second (`getconf CLK_TCK`), whatever the machine. */
const TICK_MS = 10
/** All servers together may use so much of one processor and still count as quiet. */
const BUSY_SHARE_MAX = 0.15

/**
 * Waits until no server of the lab has much left to do, because what one measurement left must not burden the next. On a
 * machine that others keep busy that may never be: then it is said, and the measurement goes on.
 */
export async function awaitQuiet(lab: Lab): Promise<void> {
  const started = performance.now()
  let ticks = ticksUsed(lab)
  while (performance.now() - started < QUIET_DEADLINE_MS) {
    await pause(INTERVAL_MS)
    const now = ticksUsed(lab)
    if ((now - ticks) * TICK_MS <= BUSY_SHARE_MAX * INTERVAL_MS) return
    ticks = now
  }
  process.stderr.write(`the servers were still busy after ${QUIET_DEADLINE_MS / 1000} s\n`)
}

/** Processor time of all servers so far: fields 14 and 15 of proc_pid_stat(5); the name in field 2 may hold blanks. */
function ticksUsed(lab: Lab): number {
  const listed = listLab(lab.folder)
  if (!listed.ok) throw new Error(listed.error.because)
  return listed.value.servers.reduce((sum, { pid }) => {
    if (pid === undefined) return sum
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    return sum + Number(fields[11]) + Number(fields[12])
  }, 0)
}
