import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rollback, status } from '../../../src/app/commands/index.ts'
import {
  type Break,
  breakLab,
  type Lab,
  labPaths,
  labServerPaths,
  mendLab,
} from '../../../src/app/lab/index.ts'
import { waitUntil } from '../../../src/app/lab/wait.ts'
import { UNWATCHED } from '../../support/story.ts'
import { createTemporaryLab, type TemporaryLab } from '../../support/temporary-lab.ts'

const ZONE = 'z1.example'
const LAB_READY_MS = 120_000
const BREAK_MS = 90_000
const WELL_AGAIN_MS = 30_000

let temporary: TemporaryLab
let lab: Lab

beforeAll(async () => {
  temporary = await createTemporaryLab({
    zones: 3,
    zonesDynamic: 3,
    groups: [{ name: 'east', follows: ['ns1', 'ns2'], servers: ['e1'] }],
  })
  lab = temporary.lab
}, LAB_READY_MS)
afterAll(() => temporary.remove(), LAB_READY_MS)

async function look() {
  const seen = await status({ fleetFile: labPaths(lab.folder).fleet })
  if (!seen.ok) throw new Error(JSON.stringify(seen.error))
  return seen.value
}

async function codes(): Promise<readonly string[]> {
  const { verdicts } = await look()
  return verdicts.map(({ code, subject }) => `${code} ${subject}`)
}

describe('the status of a fleet', () => {
  it(
    'that is well',
    async () => {
      const seen = await look()
      expect(seen).toMatchObject({ version: 1, document: 'status', well: true, verdicts: [] })
      expect(seen.sets).toMatchObject([{ set: 'default', active: 'ns1', term: 1, zones: 3 }])
      expect(seen.servers).toMatchObject([
        { server: 'ns1', kind: 'peer', roles: { default: 'active' }, seen: true },
        { server: 'ns2', roles: { default: 'standby' }, zones: { expected: 3, loaded: 3, current: 3 } },
        { server: 'e1', kind: 'secondary', group: 'east', roles: {} },
      ])
    },
    BREAK_MS,
  )

  it('in which a lock is damaged, and no run is on record that it could be of', async () => {
    const lock = join(labServerPaths(lab.folder, 'ns1').configuration, 'baton', 'lock')
    writeFileSync(lock, 'not a lock')
    const { verdicts } = await look()
    expect(verdicts).toMatchObject([
      {
        code: 'snapshot.run-unfinished',
        because: `the lock on ns1 cannot be read: which run took it is not known; ${lock} on ns1 is damaged or empty`,
        remedy: expect.stringContaining('move baton/lock away on every peer') as string,
      },
    ])
    const { fleet: fleetFile } = labPaths(lab.folder)
    const given = await rollback({ fleetFile, takeOver: false, watch: UNWATCHED })
    expect(given).toMatchObject({ ok: false, error: [{ code: 'engine.record-damaged' }] })
    rmSync(lock)
    expect(await codes()).toEqual([])
  })

  it.each<[Break, readonly string[]]>([
    [{ kind: 'crash', server: 'e1' }, ['snapshot.server-unseen e1']],
    [{ kind: 'hang', server: 'ns2' }, ['snapshot.server-unseen ns2']],
    [{ kind: 'drift', server: 'ns1' }, ['snapshot.configuration-drifted ns1']],
    [{ kind: 'two-actives', server: 'ns2' }, ['snapshot.two-actives default']],
    [{ kind: 'freeze', server: 'ns1', zone: ZONE }, ['snapshot.zones-frozen ns1']],
  ])(
    'in which $kind befell $server',
    async (what, expected) => {
      expect((await breakLab(lab.folder, what)).ok).toBe(true)
      const seen = await look()
      const found = seen.verdicts.map(({ code, subject }) => `${code} ${subject}`)
      expect((await mendLab(lab.folder)).ok).toBe(true)
      expect(seen.well).toBe(false)
      expect(found).toEqual(expect.arrayContaining([...expected]))
      await waitUntil(async () => (await look()).well, WELL_AGAIN_MS)
      expect(await codes()).toEqual([])
    },
    BREAK_MS,
  )

  it.each<Break>([
    { kind: 'corrupt', server: 'ns2', zone: ZONE },
    { kind: 'fork', server: 'e1', zone: ZONE },
  ])(
    'does not see $kind: that is what `check` and `verify` are for',
    async what => {
      expect((await breakLab(lab.folder, what)).ok).toBe(true)
      const found = await codes()
      expect((await mendLab(lab.folder)).ok).toBe(true)
      expect(found).toEqual([])
    },
    BREAK_MS,
  )
})
