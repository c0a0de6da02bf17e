import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { type VerifyOptions, verify } from '../../../src/app/commands/index.ts'
import type { VerifyDocument } from '../../../src/app/contract/index.ts'
import {
  breakLab,
  type Lab,
  labServerPaths,
  mendLab,
  startServer,
  stopServer,
} from '../../../src/app/lab/index.ts'
import { waitUntil } from '../../../src/app/lab/wait.ts'
import { programsOf } from '../../support/lab-programs.ts'
import { createTemporaryLab } from '../../support/temporary-lab.ts'

const ZONES = 4
/** Two peers and a secondary for each; the active is not compared with itself. */
const COPIES = ZONES * 3
const DYNAMIC = 'z2.example'
const STATIC = 'z1.example'
const WAIT_MS = 20_000

let lab: Lab

beforeAll(async () => {
  const temporary = await createTemporaryLab({
    zones: ZONES,
    zonesDynamic: 2,
    groups: [
      { name: 'east', follows: ['ns1', 'ns2'], servers: ['e1'] },
      { name: 'west', follows: ['ns2', 'ns1'], servers: ['w1'] },
    ],
  })
  lab = temporary.lab
  return temporary.remove
})

/** Load times that are younger than two seconds are not remembered, so the first looks find more to transfer. */
beforeEach(async () => {
  let last: VerifyDocument | undefined
  await waitUntil(async () => {
    last = await verifyLab('what-was-verified')
    return last.well && last.transfers === 0
  }, WAIT_MS)
  expect(last).toMatchObject({ well: true, transfers: 0 })
}, WAIT_MS * 2)

describe('zones that have not changed', () => {
  test('cost no transfer, as the servers count them', async () => {
    const before = transfersServed()
    const verified = await verifyLab('what-was-verified')
    expect(verified).toMatchObject({ well: true, transfers: 0 })
    expect(transfersServed()).toBe(before)
    expect(verified.servers.reduce((sum, { equal }) => sum + equal, 0)).toBe(COPIES)
  })

  test('are transferred again with --all, each from every server', async () => {
    const before = transfersServed()
    expect(await verifyLab('nothing')).toMatchObject({ well: true, transfers: COPIES + ZONES })
    await waitUntil(() => transfersServed() >= before + COPIES + ZONES, WAIT_MS)
    expect(transfersServed()).toBe(before + COPIES + ZONES)
  })

  test.each([
    ['is lost', () => rmSync(memoryPath())],
    ['is cut short', () => writeFileSync(memoryPath(), readFileSync(memoryPath(), 'utf8').slice(0, -20))],
    ['is of a later version', () => editMemory(text => text.replace('"version":1', '"version":2'))],
    ['is of another fleet', () => editMemory(text => text.replace('"fleet":"lab"', '"fleet":"other"'))],
    ['is of another term', () => editMemory(text => text.replace('"term":1', '"term":2'))],
    ['is of another active', () => editMemory(text => text.replace('"active":"ns1"', '"active":"ns2"'))],
  ])('are transferred again when the memory %s', async (_, spoil) => {
    spoil()
    expect(await verifyLab('what-was-verified')).toMatchObject({ well: true, transfers: COPIES + ZONES })
  })
})

test('a zone that was updated is transferred again, and no other', async () => {
  programsOf(lab).update('ns1', `add moved.${DYNAMIC} 60 A 192.0.2.7`)
  await waitUntil(
    () => ['ns2', 'e1', 'w1'].every(server => programsOf(lab).dig(server, `moved.${DYNAMIC}`) !== ''),
    WAIT_MS,
  )
  expect(await verifyLab('what-was-verified')).toMatchObject({ well: true, transfers: 4 })
})

test('a static zone that was edited under its old serial is found, though nobody restarted', async () => {
  const file = join(labServerPaths(lab.folder, 'ns1').directory, 'zones', `${STATIC}.db`)
  appendFileSync(file, '\nedited A 192.0.2.9\n')
  programsOf(lab).rndc('ns1', 'reload', STATIC)
  await waitUntil(() => programsOf(lab).dig('ns1', `edited.${STATIC}`) !== '', WAIT_MS)
  const verified = await verifyLab('what-was-verified')
  expect(verified.differences).toMatchObject(
    ['ns2', 'e1', 'w1'].map(server => ({
      server,
      code: 'verify.content-differs',
      records: [`- edited.${STATIC}. 300 IN A 192.0.2.9`],
    })),
  )
  await heal(verified)
})

describe('a fork', () => {
  test('at equal serials is found at the next look, shown as records, and healed by the command shown', async () => {
    const broken = await breakLab(lab.folder, { kind: 'fork', server: 'w1', zone: STATIC })
    expect(broken).toMatchObject({ ok: true })
    const verified = await verifyLab('what-was-verified')
    expect(verified).toMatchObject({
      well: false,
      differences: [
        {
          server: 'w1',
          zone: STATIC,
          code: 'verify.content-differs',
          command: expect.stringMatching(/^rndc -s \S+ -p \d+ -k \S+ retransfer /) as unknown,
          remedy: expect.stringMatching(/^What is marked \+ is not on ns1.*nsupdate/) as unknown,
          records: [`+ forked.${STATIC}. 60 IN TXT "only on w1"`],
        },
      ],
      unknowns: [],
    })
    await heal(verified)
    expect(await mendLab(lab.folder)).toMatchObject({ ok: true })
  })

  test('that later updates were put on top of is found at their serial', async () => {
    await forkFile('w1', DYNAMIC)
    programsOf(lab).update('ns1', `add later.${DYNAMIC} 60 A 192.0.2.8`)
    await waitUntil(() => {
      programsOf(lab).rndc('w1', 'refresh', DYNAMIC)
      return programsOf(lab).dig('w1', `later.${DYNAMIC}`) !== ''
    }, WAIT_MS)
    const verified = await verifyLab('what-was-verified')
    expect(verified.differences).toMatchObject([
      { server: 'w1', zone: DYNAMIC, records: [`+ only-here.${DYNAMIC}. 300 IN A 192.0.2.66`] },
    ])
    await heal(verified)
  })

  test('on a peer is healed before that of the secondary that may transfer from it', async () => {
    await forkFile('ns2', DYNAMIC)
    await forkFile('w1', DYNAMIC)
    const verified = await verifyLab('what-was-verified')
    expect(verified.differences).toMatchObject([
      { server: 'ns2', remedy: expect.stringMatching(/Then `rndc .* retransfer \S+`\.$/) as unknown },
      { server: 'w1' },
    ])
    expect(verified.differences[1]?.remedy).toContain('after ns2')
    await heal(verified)
  })
})

test('a server that is ahead holds what the active never had, and is not thrown away without a word', async () => {
  await forkFile('e1', STATIC, text => text.replace(/(\(\s+|hostmaster )1\b/, '$17'))
  const verified = await verifyLab('what-was-verified')
  expect(verified.differences).toMatchObject([
    { server: 'e1', code: 'verify.content-ahead', serial: 7, serialActive: 1 },
  ])
  expect(verified.differences[0]?.records).toContain(`+ only-here.${STATIC}. 300 IN A 192.0.2.66`)
  expect(verified.differences[0]?.remedy).toMatch(/throws it away.*nsupdate/)
  await heal(verified)
}, 60_000)

describe('a server that does not answer', () => {
  test('is unknown, never equal', async () => {
    expect(await stopServer(lab, 'e1')).toMatchObject({ ok: true })
    const verified = await verifyLab('what-was-verified')
    expect(await startServer(lab, 'e1', 'answering')).toMatchObject({ ok: true })
    expect(verified).toMatchObject({
      well: false,
      differences: [],
      unknowns: [{ server: 'e1', code: 'verify.content-unknown' }],
    })
    expect(verified.servers.find(({ server }) => server === 'e1')).toMatchObject({ equal: 0, unknown: ZONES })
    expect(await verifyLab('what-was-verified')).toMatchObject({ well: true, transfers: ZONES })
  })

  test('leaves nothing to compare with when it is the active', async () => {
    expect(await stopServer(lab, 'ns1')).toMatchObject({ ok: true })
    const verified = await verifyLab('what-was-verified')
    expect(await startServer(lab, 'ns1', 'answering')).toMatchObject({ ok: true })
    expect(verified).toMatchObject({ well: false, transfers: 0, sets: [{ active: null }] })
    expect(new Set(verified.unknowns.map(({ code }) => code))).toEqual(new Set(['verify.active-unknown']))
  })
})

test('the servers of another fleet are not verified, and what was verified before stays', async () => {
  await verifyLab('what-was-verified')
  const [memory, fleet] = [readFileSync(memoryPath(), 'utf8'), readFileSync(fleetFile(), 'utf8')]
  writeFileSync(fleetFile(), fleet.replace('fleet: lab', 'fleet: other'))
  onTestFinished(() => writeFileSync(fleetFile(), fleet))
  expect(await verify({ fleetFile: fleetFile(), believe: 'what-was-verified' })).toMatchObject({
    error: ['ns1', 'ns2'].map(subject => ({ code: 'check.fleet-is-ours', subject })),
  })
  expect(readFileSync(memoryPath(), 'utf8')).toBe(memory)
})

async function verifyLab(believe: VerifyOptions['believe']): Promise<VerifyDocument> {
  const verified = await verify({ fleetFile: fleetFile(), believe })
  if (!verified.ok) throw new Error(JSON.stringify(verified.error))
  return verified.value
}

/** Gives the commands that are shown, in their order; then nothing differs any more. */
async function heal({ differences }: VerifyDocument): Promise<void> {
  expect(differences.length).toBeGreaterThan(0)
  for (const { server, zone, command } of differences) {
    programsOf(lab).rndc(server, ...(command ?? '').split(' ').slice(1))
    await waitUntil(async () => {
      const { differences: left } = await verifyLab('what-was-verified')
      return !left.some(difference => difference.server === server && difference.zone === zone)
    }, WAIT_MS)
  }
  expect((await verifyLab('what-was-verified')).differences).toEqual([])
}

/** Gives the zone other content while the server is down; it comes up with it, as a disk restored from a backup would. */
async function forkFile(
  server: string,
  zone: string,
  change: (text: string) => string = text => text,
): Promise<void> {
  programsOf(lab).rndc(server, 'sync', '-clean', zone)
  expect(await stopServer(lab, server)).toMatchObject({ ok: true })
  const file = join(labServerPaths(lab.folder, server).directory, 'zones', `${zone}.db`)
  writeFileSync(file, `${change(readFileSync(file, 'utf8'))}\nonly-here.${zone}. 300 A 192.0.2.66\n`)
  expect(await startServer(lab, server, 'answering')).toMatchObject({ ok: true })
}

function fleetFile(): string {
  return join(lab.folder, 'baton.yaml')
}

function memoryPath(): string {
  return join(lab.folder, '.baton', 'verified.json')
}

function editMemory(change: (text: string) => string): void {
  const text = readFileSync(memoryPath(), 'utf8')
  expect(change(text)).not.toBe(text)
  writeFileSync(memoryPath(), change(text))
}

/** Whole transfers that all servers have ended, by their logs. */
function transfersServed(): number {
  return lab.servers
    .map(({ name }) => readFileSync(labServerPaths(lab.folder, name).log, 'utf8'))
    .reduce((sum, log) => sum + (log.match(/: AXFR ended/g)?.length ?? 0), 0)
}
