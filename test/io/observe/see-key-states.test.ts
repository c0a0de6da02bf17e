import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { RenderedZone } from '../../../src/core/render/index.ts'
import { rolloversIn, type SeenKey } from '../../../src/core/snapshot/index.ts'
import { localHost } from '../../../src/io/hosts/index.ts'
import type { ServerLink } from '../../../src/io/observe/index.ts'
import { seeKeyStates } from '../../../src/io/observe/see-key-states.ts'

const ZONE = 'a.example'
const POLICIES = `
dnssec-policy pair { keys { ksk lifetime unlimited algorithm 13; zsk lifetime unlimited algorithm 13; }; };
dnssec-policy one { keys { csk lifetime unlimited algorithm 13; }; };
`

let directory: string
let keys: string

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'baton-keys-'))
  keys = join(directory, 'keys')
  mkdirSync(keys)
  writeFileSync(join(directory, 'policies.conf'), POLICIES)
})

afterEach(() => {
  rmSync(directory, { recursive: true })
})

it('says what a policy makes: a KSK, and a key that signs no DNSKEY', async () => {
  makeKeys('pair')
  const seen = await look()
  expect(seen.map(({ said }) => said.kind).toSorted()).toEqual(['state', 'zone-key'])
  expect(seen[0]?.file).toMatch(/^keys\/Ka\.example\.\+013\+\d{5}$/)
  expect(rolloversIn(seen)).toEqual({ under: [], unknown: [] })
})

it.each(['pair', 'one'])(
  'sees a rollover of a %s from its beginning until the DS is swapped',
  async policy => {
    makeKeys(policy)
    const [old] = await kskNames()
    settime(old, '-d', 'omnipresent', 'now', '-k', 'omnipresent', 'now')
    makeKeys(policy)
    const next = (await kskNames()).find(name => name !== old)
    settime(old, '-g', 'hidden', '-D', '20301122120000')
    expect(rolloversIn(await look()).under).toMatchObject([
      { zone: ZONE, key: { file: `keys/${old}` }, removed: Date.UTC(2030, 10, 22, 12) },
    ])
    settime(old, '-d', 'unretentive', 'now')
    settime(next, '-d', 'rumoured', 'now')
    expect(rolloversIn(await look()).under).toHaveLength(1)
    settime(old, '-d', 'hidden', 'now')
    settime(next, '-d', 'omnipresent', 'now')
    expect(rolloversIn(await look())).toEqual({ under: [], unknown: [] })
  },
)

it('takes the two ways to end a rollover by hand for an end', async () => {
  makeKeys('one')
  const [old] = await kskNames()
  settime(old, '-d', 'omnipresent', 'now')
  makeKeys('one')
  settime(old, '-g', 'hidden', '-I', '+0', '-D', '+30d')
  expect(rolloversIn(await look()).under).toHaveLength(1)
  for (const name of readdirSync(keys).filter(name => !name.startsWith(old ?? ''))) rmSync(join(keys, name))
  settime(old, '-g', 'omnipresent', '-d', 'omnipresent', 'now', '-I', 'none', '-D', 'none')
  expect(rolloversIn(await look())).toEqual({ under: [], unknown: [] })
})

it('never takes a file that says nothing for a key that is settled', async () => {
  makeKeys('one')
  const [name] = await kskNames()
  truncateSync(join(keys, `${name}.state`), 0)
  expect(rolloversIn(await look()).unknown).toMatchObject([
    { because: `${name}.state does not say what the key is for` },
  ])
  rmSync(join(keys, `${name}.state`))
  expect(await look()).toMatchObject([{ said: { kind: 'stateless' } }])
  truncateSync(join(keys, `${name}.key`), 0)
  expect(rolloversIn(await look()).unknown).toMatchObject([{ because: `${name}.key holds no DNSKEY` }])
  rmSync(join(keys, `${name}.key`))
  expect(rolloversIn(await look()).unknown).toMatchObject([{ because: `there is no ${name}.key` }])
  rmSync(keys, { recursive: true })
  writeFileSync(keys, 'no folder')
  expect(await seeKeyStates(link(), [zone()])).toMatchObject({ ok: false })
})

it('reads the name of a zone with a slash in it as named writes it', async () => {
  const odd = '0/25.2.0.192.in-addr.arpa'
  makeKeys('one', odd)
  expect(readdirSync(keys)[0]).toContain('%2F')
  expect(await look(odd)).toMatchObject([{ zone: odd, said: { kind: 'state' } }])
})

/** As named leaves the files of a key that it has taken. */
function makeKeys(policy: string, name = ZONE): void {
  const words = ['-q', '-K', keys, '-k', policy, '-l', join(directory, 'policies.conf'), name]
  const made = execFileSync('dnssec-keygen', words, { encoding: 'utf8' }).trim().split('\n')
  for (const key of made) settime(key, '-g', 'omnipresent', '-d', 'hidden', 'now', '-k', 'rumoured', 'now')
}

function settime(name: string | undefined, ...words: readonly string[]): void {
  execFileSync('dnssec-settime', ['-K', keys, '-s', ...words, name ?? ''])
}

async function kskNames(): Promise<readonly string[]> {
  const seen = await look()
  return seen.filter(({ said }) => said.kind === 'state').map(({ file }) => file.slice('keys/'.length))
}

async function look(name = ZONE): Promise<readonly SeenKey[]> {
  const seen = await seeKeyStates(link(), [zone(name)])
  if (!seen.ok) throw new Error(JSON.stringify(seen.error))
  return seen.value
}

function link(): ServerLink {
  return { server: { name: 'ns1', paths: { directory } }, host: localHost('ns1') } as unknown as ServerLink
}

function zone(name = ZONE): RenderedZone {
  return { name, signing: true, keyDirectory: 'keys' } as unknown as RenderedZone
}
