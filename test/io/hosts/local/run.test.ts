import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { OUTPUT_BYTES_MAX } from '../../../../src/io/hosts/limits.ts'
import { commandFailure } from '../../../../src/io/hosts/local/command-failure.ts'
import { outputOf } from '../../../../src/io/hosts/local/output.ts'

async function spawnError(program: string): Promise<unknown> {
  const [error] = (await once(spawn(program), 'error')) as [unknown]
  return error
}

describe('running a command', () => {
  const attempt = { server: 'ns1', program: 'named-checkconf', elapsedMs: 5 }

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

  it('keeps the beginning of endless output, and reads all of it', async () => {
    const chunk = Buffer.alloc(1024 * 1024, 'x')
    let given = 0
    const source = Readable.from(
      (function* () {
        for (; given < 6; given++) yield chunk
      })(),
    )
    expect(await outputOf(source)).toHaveLength(OUTPUT_BYTES_MAX)
    expect(given).toBe(6)
  })
})
