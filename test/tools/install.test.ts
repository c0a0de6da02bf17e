import { execFile } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { packagesFor } from '../../tools/install/programs.mjs'

/** Looks for `named` and `dig` where only the folder `found` is searched, as a process of its own: it changes its PATH. */
const LOOK = `
import { missingPrograms, findAptPrefix } from '${join(process.cwd(), 'tools/install/programs.mjs')}'
console.log(JSON.stringify({ missing: missingPrograms(['named', 'dig']), prefix: await findAptPrefix() ?? 'none' }))
`

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'baton-install-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('what is missing', () => {
  it('is everything on an empty machine, with no way to install it', async () => {
    expect(await look()).toEqual({ missing: ['named', 'dig'], prefix: 'none' })
  })

  it('is not what can be executed', async () => {
    symlinkSync(process.execPath, join(folder, 'named'))
    writeFileSync(join(folder, 'dig'), 'no program: it may not be executed')
    chmodSync(join(folder, 'dig'), 0o644)
    expect(await look()).toMatchObject({ missing: ['dig'] })
  })

  it('is not satisfied by a folder of that name', async () => {
    mkdirSync(join(folder, 'dig'))
    expect(await look()).toMatchObject({ missing: ['named', 'dig'] })
  })
})

describe('the packages for what is missing', () => {
  it('are named once each', () => {
    expect(packagesFor(['named', 'dig', 'nsupdate', 'rndc'])).toEqual([
      'bind9',
      'bind9-dnsutils',
      'bind9-utils',
    ])
  })

  it('cover both places where a release may have a program', () => {
    expect(packagesFor(['named-journalprint'])).toEqual(['bind9', 'bind9-utils'])
  })
})

async function look(): Promise<unknown> {
  const node = promisify(execFile)(process.execPath, ['--input-type=module', '--eval', LOOK], {
    env: { PATH: folder },
  })
  return JSON.parse((await node).stdout)
}
