import { afterEach, describe, expect, it } from 'vitest'
import type { ControlConnection } from '../../../src/io/net/index.ts'
import { ControlServer, ZONE_FILE } from './control-server.ts'
import { testKey } from './named.ts'

const key = testKey('key')
const options = {
  keys: [key],
  zones: 'zone "static.example" { type primary; file "static.db"; };',
  files: { 'static.db': ZONE_FILE },
}

let server: ControlServer | undefined
let connection: ControlConnection | undefined

afterEach(async () => {
  connection?.end()
  await server?.stop()
})

describe('a control connection', () => {
  it('does not wait for ever, and connects anew for the next command', async () => {
    server = await ControlServer.start(options)
    connection = await server.open(key)
    await server.hang()
    expect(await connection.ask({ kind: 'status' }, 300)).toMatchObject({ error: { code: 'rndc.deadline' } })
    server.goOn()
    expect(await connection.ask({ kind: 'status' })).toMatchObject({ ok: true })
  })

  it('says that the outcome is unknown when named dies during a command that changes something', async () => {
    server = await ControlServer.start(options)
    connection = await server.open(key)
    await server.hang()
    const reconfig = connection.ask({ kind: 'reconfig' })
    await server.kill()
    expect(await reconfig).toMatchObject({ error: { code: 'rndc.closed' } })
    expect(await connection.ask({ kind: 'status' })).toMatchObject({ error: { code: 'rndc.cannot-connect' } })
  })

  it('asks once more when named dies during a question', async () => {
    server = await ControlServer.start(options)
    connection = await server.open(key)
    await server.hang()
    const status = connection.ask({ kind: 'status' })
    await server.kill()
    const answer = await status
    // The second attempt may still meet the socket of the process that is ending.
    expect(answer.ok ? 'ok' : answer.error.code).toMatch(/^rndc\.(cannot-connect|not-accepted)$/)
  })
})
