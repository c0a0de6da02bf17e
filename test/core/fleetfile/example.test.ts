import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readFleet } from '../../../src/core/fleetfile/index.ts'

const KEYS = ['transfer', 'rndc', 'updates']

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'baton-example-'))
  cpSync('examples', folder, { recursive: true })
})

afterAll(() => {
  rmSync(folder, { recursive: true })
})

describe('examples/baton.yaml', () => {
  it('is a fleet, with one warning that it explains', () => {
    const file = join(folder, 'baton.yaml')
    const reading = readFleet(readFileSync(file, 'utf8'), file)
    expect(reading).toMatchObject({ ok: true, value: { warnings: [{ code: 'fleet.no-statistics' }] } })
  })

  it('names files that are there', () => {
    const file = join(folder, 'baton.yaml')
    const reading = readFleet(readFileSync(file, 'utf8'), file)
    if (!reading.ok) expect.fail('it is no fleet')
    const { fleet } = reading.value
    const zones = fleet.zoneSets.flatMap(set => set.zones)
    const bases = fleet.servers.flatMap(({ base }) => base ?? [])
    for (const path of [...zones, ...fleet.keys]
      .map(source => source.file)
      .concat(bases, fleet.shared ?? [])) {
      expect(() => readFileSync(path)).not.toThrow()
    }
  })

  it('has keys that named refuses until they are replaced', () => {
    expect(readdirSync(join(folder, 'keys')).sort()).toEqual(KEYS.map(name => `${name}.key`).sort())
    const { status, stdout } = checkConfiguration()
    expect(status).toBe(1)
    expect(stdout).toContain('bad secret')
  })

  it('is what named accepts once they are', () => {
    for (const name of KEYS) {
      const { stdout } = spawnSync('tsig-keygen', [name], { encoding: 'utf8' })
      writeFileSync(join(folder, 'keys', `${name}.key`), stdout, { mode: 0o600 })
    }
    expect(checkConfiguration()).toMatchObject({ status: 0, stdout: '' })
  })
})

/** All files of the example in one configuration, in the order that they refer to each other. */
function checkConfiguration() {
  const files = [...KEYS.map(name => `keys/${name}.key`), 'shared.conf', 'base.conf', 'zones.conf']
  const text = files.map(file => `include "${join(folder, file)}";\n`).join('')
  const path = join(folder, 'named.conf')
  writeFileSync(path, text)
  return spawnSync('named-checkconf', [path], { encoding: 'utf8' })
}
