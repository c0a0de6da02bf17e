import { ok } from '../../core/base/index.ts'
import { bootServer } from './boot.ts'
import type { ServerBreakage } from './break.ts'
import { requireRunning } from './control.ts'
import { hangProcess, signalProcess } from './process.ts'
import { readLabProcess, serverState } from './running.ts'
import { killServer } from './stop.ts'

/** Killed, and booted again. */
export const crash: ServerBreakage = {
  async inflict(lab, server) {
    const running = requireRunning(lab, server)
    return running.ok ? killServer(lab, server.name) : running
  },
  async undo(lab, server) {
    return serverState(lab, server) === 'gone' ? bootServer(lab, server.name, 'answering') : ok(undefined)
  },
}

/** Stopped by a signal, and let go on. */
export const hang: ServerBreakage = {
  async inflict(lab, server) {
    const running = requireRunning(lab, server)
    const identity = readLabProcess(lab, server)
    if (running.ok && identity !== undefined) await hangProcess(identity)
    return running
  },
  async undo(lab, server) {
    const identity = readLabProcess(lab, server)
    if (identity !== undefined) signalProcess(identity, 'SIGCONT')
    return ok(undefined)
  },
}
