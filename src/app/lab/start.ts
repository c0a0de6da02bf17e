import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import {
  type Failure,
  fail,
  failure,
  invariant,
  ok,
  type Refusal,
  type Result,
  refuse,
} from '../../core/base/index.ts'
import { forgetProcessBreaks } from './breaks.ts'
import { errnoOfDisk, onDisk } from './disk.ts'
import { labServerPaths } from './layout.ts'
import { findTaken } from './ports.ts'
import { identifyProcess } from './process.ts'
import { awaitReady, type Readiness } from './ready.ts'
import { findLabServer, type Lab, type LabServer } from './record.ts'
import { serverState, writeProcess } from './running.ts'

const THREADS_MAX = 4

/**
 * Starts one server that is not running as a person does who starts its named by hand, past the guard, and waits until it answers
 * or has loaded its zones too.
 */
export async function startServer(
  lab: Lab,
  name: string,
  until: Readiness,
): Promise<Result<void, Failure | Refusal>> {
  const server = findLabServer(lab, name)
  if (!server.ok) return server
  if (serverState(lab, server.value) !== 'gone') return refuseRunning(name)
  const launched = await launchServer(lab, server.value)
  return launched.ok ? awaitReady(lab, server.value, until) : launched
}

/** Starts every server of a new lab, all at once, and waits until all have loaded their zones. */
export async function startServers(lab: Lab): Promise<Result<void, Failure | Refusal>> {
  const running = lab.servers.find(server => serverState(lab, server) !== 'gone')
  if (running !== undefined) return refuseRunning(running.name)
  for (const server of lab.servers) {
    const launched = await launchServer(lab, server)
    if (!launched.ok) return launched
  }
  const outcomes = await Promise.all(lab.servers.map(server => awaitReady(lab, server, 'loaded')))
  return outcomes.find(outcome => !outcome.ok) ?? ok(undefined)
}

/**
 * Starts named as a process of its own, which outlives ours. `-f` keeps it the process that was started; `-L` is where it
 * explains a start that fails before it has read where to log.
 */
async function launchServer(lab: Lab, server: LabServer): Promise<Result<void, Failure>> {
  const paths = labServerPaths(lab.folder, server.name)
  const free = await checkPorts(server)
  if (!free.ok) return free
  const output = onDisk(paths.startLog, () => openSync(paths.startLog, 'w'))
  if (!output.ok) return output
  const threads = String(threadsPerServer(lab.servers.length))
  const child = spawn(lab.named, ['-f', '-n', threads, '-L', paths.startLog, '-c', paths.namedConf], {
    cwd: paths.directory,
    detached: true,
    stdio: ['ignore', output.value, output.value],
  })
  closeSync(output.value)
  try {
    await once(child, 'spawn')
  } catch (cause) {
    if (!(cause instanceof Error) || errnoOfDisk(cause) === undefined) throw cause
    return failStart(server, `The system says: ${cause.message}.`)
  }
  child.unref()
  invariant(child.pid !== undefined, 'a process that was started has an id')
  const identity = identifyProcess(child.pid)
  if (identity === undefined) return failStart(server, 'It ended at once.')
  const noted = writeProcess(lab, server, identity)
  return noted.ok ? forgetProcessBreaks(lab, server) : noted
}

async function checkPorts(server: LabServer): Promise<Result<void, Failure>> {
  const taken = await findTaken([server.dns.port, server.control.port, server.statistics.port])
  if (taken === undefined) return ok(undefined)
  return fail(
    failure({
      code: 'lab.port-taken',
      subject: server.name,
      because: `Something else listens on ${server.dns.address} port ${taken}.`,
      remedy: 'Stop it ("ss -lntup" shows what it is), or make the lab anew: it will find other ports.',
    }),
  )
}

/** Fleets share one machine here, so that many threads for each server would only get in each other's way. */
function threadsPerServer(serverCount: number): number {
  return Math.min(THREADS_MAX, Math.max(1, Math.floor(availableParallelism() / serverCount)))
}

function failStart(server: LabServer, because: string): Result<never, Failure> {
  const remedy = 'See that the program can be run: the folder may be on a file system mounted "noexec".'
  return fail(failure({ code: 'lab.named-not-started', subject: server.name, because, remedy }))
}

function refuseRunning(name: string): Result<never, Refusal> {
  return fail(
    refuse({
      code: 'lab.running',
      subject: name,
      because: `${name} is running already.`,
      remedy: '`baton lab down` stops the lab; `baton lab list` shows what runs.',
    }),
  )
}
