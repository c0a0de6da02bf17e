import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { OUTPUT_BYTES_MAX } from '../../../../src/io/hosts/limits.ts'
import { commandFailure } from '../../../../src/io/hosts/local/processes/command-failure.ts'
import { outputOf } from '../../../../src/io/hosts/local/processes/output.ts'
import { OUTPUT_GRACE_MS, runProgram } from '../../../../src/io/hosts/local/processes/run.ts'
import { until } from '../../../support/until.ts'
import { error, value } from '../workbench.ts'

/** On a machine with six people at work a process takes this long to start and to end, in milliseconds. */
const SLACK_MS = 3_000
/** Longer than any of these tests may take, in seconds. */
const ENDLESS_S = 600

async function spawnError(program: string): Promise<unknown> {
  const [error] = (await once(spawn(program), 'error')) as [unknown]
  return error
}

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baton-run-'))
})
afterEach(async () => {
  for (const name of ['child', 'grandchild']) kill(name)
  await rm(folder, { recursive: true, force: true })
})

/** Runs a shell script, which may leave the ids of what it starts in files of the folder. */
function sh(script: string, limits: { deadlineMs: number; signal?: AbortSignal }) {
  return runProgram('ns1', { line: ['/bin/sh', '-c', `cd ${folder}; ${script}`], ...limits })
}

function pidIn(name: string): number | undefined {
  const path = join(folder, name)
  return existsSync(path) ? Number(readFileSync(path, 'utf8')) : undefined
}

function runs(name: string): boolean {
  const pid = pidIn(name)
  if (pid === undefined || pid === 0) return false
  try {
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ')
  } catch {
    return false
  }
}

function kill(name: string): void {
  if (runs(name)) process.kill(pidIn(name) as number, 'SIGKILL')
}

describe('running a command', () => {
  const attempt = { server: 'ns1', program: 'named-checkconf', elapsedMs: 5, said: '' }

  it('names the package of a program that is not installed', async () => {
    const error = await spawnError('/no/such/named-checkconf')
    const failed = commandFailure(attempt, { kind: 'not started', error })
    expect(failed.code).toBe('hosts.command-missing')
    expect(failed.remedy).toContain('bind9-utils')
  })

  it('says when a program may not be started, or was killed', async () => {
    const error = await spawnError('/etc/passwd')
    expect(commandFailure(attempt, { kind: 'not started', error }).code).toBe('hosts.permission')
    const killed = commandFailure(attempt, { kind: 'killed', signal: 'SIGKILL' })
    expect(killed).toMatchObject({ code: 'hosts.command-killed', elapsedMs: 5 })
  })

  it('says so when the machine cannot start a program at all', async () => {
    const line = ['/bin/echo', 'x'.repeat(4 * 1024 * 1024)] as const
    expect(error(await runProgram('ns1', { line, deadlineMs: SLACK_MS })).code).toMatch(/^hosts\./)
  })
})

describe('what a program leaves behind', () => {
  /** Whoever holds the pipes: a child, its child, one in a session of its own, one without standard error. */
  const left = {
    'a child': `sleep ${ENDLESS_S} & echo $! > child`,
    'two of them': `sleep ${ENDLESS_S} & echo $! > child; sleep ${ENDLESS_S} & echo $! > grandchild`,
    'a child of a child': `sh -c 'sleep ${ENDLESS_S} & echo $! > grandchild' & wait`,
    'one in a session of its own': `setsid sh -c 'echo $$ > child; exec sleep ${ENDLESS_S}' & while [ ! -s child ]; do :; done`,
    'one with standard output alone': `sleep ${ENDLESS_S} 2>/dev/null & echo $! > child`,
    'one with standard error alone': `sleep ${ENDLESS_S} >/dev/null & echo $! > child`,
    'one that hears no SIGHUP': `nohup sleep ${ENDLESS_S} & echo $! > child`,
  }

  it.each(Object.entries(left))('is not waited for, and goes on: %s', async (_, script) => {
    const began = performance.now()
    const ran = value(await sh(`${script}; echo done; echo said >&2; exit 3`, { deadlineMs: 60_000 }))
    expect(ran).toMatchObject({ exit: 3, stdout: 'done\n' })
    expect(ran.stderr).toContain('said\n')
    expect(performance.now() - began).toBeLessThan(OUTPUT_GRACE_MS + SLACK_MS)
    expect([runs('child'), runs('grandchild')]).toContain(true)
  })

  it('may go on writing without being broken', async () => {
    const script = `(while [ ! -e go ]; do sleep 0.05; done; echo late && echo fine > wrote) & echo $! > child`
    value(await sh(script, { deadlineMs: 60_000 }))
    value(await sh('touch go', { deadlineMs: 60_000 }))
    await until('the child wrote again', () => existsSync(join(folder, 'wrote')))
  })

  it('is killed with it at the deadline, and what was printed until then is told', async () => {
    const script = `echo half; sleep ${ENDLESS_S} & echo $! > child; sh -c 'echo $$ > grandchild; exec sleep ${ENDLESS_S}'; true`
    const began = performance.now()
    const failed = error(await sh(script, { deadlineMs: 1_000 }))
    expect(failed).toMatchObject({ code: 'hosts.command-deadline' })
    expect(failed.because).toMatch(/it had said: half$/)
    expect(performance.now() - began).toBeLessThan(1_000 + OUTPUT_GRACE_MS + SLACK_MS)
    await until('both are gone', () => !runs('child') && !runs('grandchild'))
  })

  it('does not keep the deadline from holding where it left the group', async () => {
    const script = `setsid sh -c 'echo $$ > child; exec sleep ${ENDLESS_S}' & sleep ${ENDLESS_S}`
    const began = performance.now()
    expect(error(await sh(script, { deadlineMs: 1_000 })).code).toBe('hosts.command-deadline')
    expect(performance.now() - began).toBeLessThan(1_000 + OUTPUT_GRACE_MS + SLACK_MS)
  })

  it('is killed with it when a person stops it', async () => {
    const stop = new AbortController()
    const running = sh(`sleep ${ENDLESS_S} & echo $! > child; sleep ${ENDLESS_S}`, {
      deadlineMs: 60_000,
      signal: stop.signal,
    })
    await until('the child runs', () => runs('child'))
    stop.abort()
    expect(error(await running).code).toBe('hosts.command-stopped')
    await until('the child is gone', () => !runs('child'))
  })

  it('is not started for a person who stopped before', async () => {
    const failed = error(await sh('true', { deadlineMs: 60_000, signal: AbortSignal.abort() }))
    expect(failed.code).toBe('hosts.command-stopped')
  })
})

describe('the output of a program', () => {
  it('is kept from its beginning when it is endless, and all of it is read', async () => {
    const chunk = Buffer.alloc(1024 * 1024, 'x')
    let given = 0
    const source = Readable.from(
      (function* () {
        for (; given < 6; given++) yield chunk
      })(),
    )
    const output = outputOf(source)
    await output.ended
    expect(output.leave()).toHaveLength(OUTPUT_BYTES_MAX)
    expect(given).toBe(6)
  })

  it('that comes once nobody waits is read and dropped', async () => {
    const pipe = new PassThrough({ highWaterMark: 16 })
    const output = outputOf(pipe)
    expect(output.leave()).toBe('')
    for (let count = 0; count < 10; count++) pipe.write('0123456789')
    pipe.end()
    await output.ended
    expect(output.leave()).toBe('')
  })
})
