import { type Failure, fail, ok, type Refusal, type Result, refuse } from '../../core/base/index.ts'
import type { ControlCommand } from '../../core/rndc/index.ts'
import { type ControlAnswer, openControl } from '../../io/net/index.ts'
import { readLabKey } from './keys.ts'
import type { Lab, LabServer } from './record.ts'
import { serverState } from './running.ts'

const COMMAND_DEADLINE_MS = 60_000
const CLOCK = { now: () => Date.now(), elapsed: () => performance.now() }

/** Gives a running server one command over its control channel. */
export async function labCommand(
  lab: Lab,
  server: LabServer,
  what: ControlCommand,
): Promise<Result<ControlAnswer, Failure | Refusal>> {
  const running = requireRunning(lab, server)
  if (!running.ok) return running
  const key = readLabKey(lab.folder, 'rndc')
  if (!key.ok) return key
  const connection = await openControl(
    { server: server.name, endpoint: server.control, key: key.value },
    { clock: CLOCK, deadlineMs: COMMAND_DEADLINE_MS },
  )
  if (!connection.ok) return connection
  const answer = await connection.value.ask(what)
  connection.value.end()
  return answer
}

/** Refuses a server that is stopped or hangs. */
export function requireRunning(lab: Lab, server: LabServer): Result<void, Refusal> {
  const state = serverState(lab, server)
  if (state === 'running') return ok(undefined)
  return fail(
    refuse({
      code: 'lab.not-running',
      subject: server.name,
      because: state === 'hung' ? `${server.name} hangs.` : `${server.name} is not running.`,
      remedy: '`baton lab mend` undoes what was broken, and `baton lab up` starts what does not run.',
    }),
  )
}
