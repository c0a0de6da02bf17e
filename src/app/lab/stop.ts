import { type Failure, fail, failure, ok, type Refusal, type Result } from '../../core/base/index.ts'
import { endProcess, killProcess } from './process.ts'
import { findLabServer, type Lab, type LabServer, openLab } from './record.ts'
import { readLabProcess } from './running.ts'

const STOP_DEADLINE_MS = 15_000

/** Stops every server of the lab in this folder, and no other process; those that are gone already stay so. */
export async function stopLab(folder: string): Promise<Result<Lab, Failure | Refusal>> {
  const lab = openLab(folder)
  if (!lab.ok) return lab
  const outcomes = await Promise.all(lab.value.servers.map(server => endServer(lab.value, server)))
  return outcomes.find(outcome => !outcome.ok) ?? lab
}

/** Stops one server as `systemctl stop` would; `named` saves what it has first. */
export async function stopServer(lab: Lab, name: string): Promise<Result<void, Failure | Refusal>> {
  const server = findLabServer(lab, name)
  if (!server.ok) return server
  const ended = await endServer(lab, server.value)
  return ended.ok ? ok(undefined) : ended
}

/** Kills one server as a crash or a power cut of its process would. */
export async function killServer(lab: Lab, name: string): Promise<Result<void, Failure | Refusal>> {
  const server = findLabServer(lab, name)
  if (!server.ok) return server
  const identity = readLabProcess(lab, server.value)
  if (identity === undefined || (await killProcess(identity)) === 'gone') return ok(undefined)
  return failStuck(server.value, identity.pid)
}

async function endServer(lab: Lab, server: LabServer): Promise<Result<Lab, Failure>> {
  const identity = readLabProcess(lab, server)
  if (identity === undefined || (await endProcess(identity, STOP_DEADLINE_MS)) === 'gone') return ok(lab)
  return failStuck(server, identity.pid)
}

function failStuck(server: LabServer, pid: number): Result<never, Failure> {
  return fail(
    failure({
      code: 'lab.not-stopped',
      subject: server.name,
      because: `Its process ${pid} is still there after SIGTERM and SIGKILL.`,
      remedy: `Look at it with "ps -o stat,wchan -p ${pid}", and stop the lab again later.`,
    }),
  )
}
