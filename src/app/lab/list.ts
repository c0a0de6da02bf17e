import { ok, type Refusal, type Result } from '../../core/base/index.ts'
import type { Break } from './break.ts'
import { readBreaks } from './breaks.ts'
import type { ProcessState } from './process.ts'
import { type Lab, type LabServer, openLab } from './record.ts'
import { readLabProcess, serverState } from './running.ts'

/** A server of a lab, and what has become of it. */
export type LabServerStatus = LabServer & {
  readonly state: ProcessState
  /** Nothing when it does not run. */
  readonly pid: number | undefined
  /** What was broken on purpose, and not mended yet. */
  readonly breaks: readonly Break[]
}

/** The lab in a folder, with the state of every server in the order of its plan. */
export type LabStatus = { readonly lab: Lab; readonly servers: readonly LabServerStatus[] }

export function listLab(folder: string): Result<LabStatus, Refusal> {
  const lab = openLab(folder)
  if (!lab.ok) return lab
  const servers = lab.value.servers.map(server => {
    const state = serverState(lab.value, server)
    const pid = state === 'gone' ? undefined : readLabProcess(lab.value, server)?.pid
    return { ...server, state, pid, breaks: readBreaks(lab.value, server) }
  })
  return ok({ lab: lab.value, servers })
}
