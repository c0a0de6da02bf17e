import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Failure, fail, failure, ok, type Refusal, type Result } from '../../core/base/index.ts'
import { installedActives } from './installed-actives.ts'
import { labServerPaths } from './layout.ts'
import type { Readiness } from './ready.ts'
import { findLabServer, type Lab, type LabServer } from './record.ts'
import { serverState } from './running.ts'
import { startServer } from './start.ts'

const execute = promisify(execFile)

/** How long systemd waits for it, by the unit that `baton guard install` writes. */
const GUARD_DEADLINE_MS = 15 * 60_000

/**
 * Starts one server as the boot of its machine would: a peer's guard settles first in which role, and may forbid the start.
 * `startServer` is the start by hand, which asks nobody.
 */
export async function bootServer(
  lab: Lab,
  name: string,
  until: Readiness,
): Promise<Result<void, Failure | Refusal>> {
  const server = findLabServer(lab, name)
  if (!server.ok) return server
  if (serverState(lab, server.value) === 'gone') {
    const allowed = await askGuard(lab, server.value)
    if (!allowed.ok) return allowed
  }
  return startServer(lab, name, until)
}

/**
 * Boots every server that does not run. Those that were active come last, so that there is somebody to confirm them: the
 * guard of one that hears nobody makes it a standby.
 */
export async function bootServers(lab: Lab): Promise<Result<void, Failure | Refusal>> {
  const actives = installedActives(lab)
  if (!actives.ok) return actives
  const gone = lab.servers.filter(server => serverState(lab, server) === 'gone')
  const others = gone.filter(server => !actives.value.includes(server))
  const outcomes = await Promise.all(others.map(({ name }) => bootServer(lab, name, 'loaded')))
  const failed = outcomes.find(outcome => !outcome.ok)
  if (failed !== undefined) return failed
  for (const { name } of gone.filter(server => actives.value.includes(server))) {
    const booted = await bootServer(lab, name, 'loaded')
    if (!booted.ok) return booted
  }
  return ok(undefined)
}

/** All servers, those whose active configuration is installed at the end. */
export function activesLast(lab: Lab): Result<readonly LabServer[], Failure> {
  const actives = installedActives(lab)
  if (!actives.ok) return actives
  const others = lab.servers.filter(server => !actives.value.includes(server))
  return ok([...others, ...actives.value])
}

/** Runs `guard boot`; a server without one, a secondary for instance, may start as it is. */
async function askGuard(lab: Lab, server: LabServer): Promise<Result<void, Failure>> {
  const script = join(labServerPaths(lab.folder, server.name).configuration, 'baton', 'guard')
  if (!existsSync(script)) return ok(undefined)
  try {
    await execute('sh', [script, 'boot'], { timeout: GUARD_DEADLINE_MS })
    return ok(undefined)
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause
    return fail(forbidden(server, script, cause))
  }
}

type ExecuteError = Error & { readonly stdout?: string; readonly killed?: boolean }

function forbidden(server: LabServer, script: string, cause: ExecuteError): Failure {
  const said = cause.stdout?.trim().split('\n').at(-1) ?? ''
  const words = said === '' ? cause.message : said
  return failure({
    code: 'lab.guard-forbids',
    subject: server.name,
    because: cause.killed
      ? `its guard did not end within ${GUARD_DEADLINE_MS / 60_000} min, so named was not started`
      : `its guard forbids the start of named: ${words}`,
    remedy: `See ${script}.log for what it decided and why, fix that, and start it again with \`baton lab up\`.`,
  })
}
