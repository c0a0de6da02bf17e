import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { localHost } from '../../../../src/io/hosts/index.ts'

const NOBODY = 65_534
const OLD_S = 1_000_000_000
const SECRET = 'known to root alone'
const isRoot = process.geteuid?.() === 0
const SKIPPED = 'only root has rights that others would borrow'

describe('a folder in which another user plants links', () => {
  const host = localHost('ns1')
  let top: string
  /** named's folder. */
  let theirs: string
  let canary: string

  beforeEach(async () => {
    top = await mkdtemp(join(tmpdir(), 'baton-attack-'))
    theirs = join(top, 'var')
    mkdirSync(theirs)
    if (isRoot) chownSync(theirs, NOBODY, NOBODY)
    canary = join(top, 'canary', 'shadow')
    mkdirSync(join(top, 'canary'))
    writeFileSync(canary, SECRET, { mode: 0o600 })
    utimesSync(canary, OLD_S, OLD_S)
  })
  afterEach(() => rm(top, { recursive: true }))

  /** Each makes `var/in/zone.db` lead to the canary. */
  const plants: readonly [string, () => void][] = [
    [
      'a link in place of the file',
      () => {
        mkdirSync(join(theirs, 'in'))
        symlinkSync(canary, join(theirs, 'in', 'zone.db'))
        own(join(theirs, 'in'), join(theirs, 'in', 'zone.db'))
      },
    ],
    [
      'a link in place of the folder',
      () => {
        linkSync(canary, join(top, 'canary', 'zone.db'))
        symlinkSync(join(top, 'canary'), join(theirs, 'in'))
        own(join(theirs, 'in'))
      },
    ],
    [
      'a link that is root’s, moved there',
      () => {
        mkdirSync(join(theirs, 'in'))
        symlinkSync(canary, join(theirs, 'in', 'zone.db'))
        own(join(theirs, 'in'))
      },
    ],
    [
      'a second name of the file',
      () => {
        mkdirSync(join(theirs, 'in'))
        linkSync(canary, join(theirs, 'in', 'zone.db'))
        own(join(theirs, 'in'))
      },
    ],
  ]

  it.for(plants)('neither touches, reads nor copies through %s', async ([, plant], { skip }) => {
    if (!isRoot) skip(SKIPPED)
    plant()
    const path = join(theirs, 'in', 'zone.db')
    const copy = join(top, 'copy')
    const results = [
      await host.touch({ folder: theirs, paths: ['in/zone.db'] }),
      await host.read(path),
      await host.digests([path]),
      await host.copy(path, copy),
      await host.append({ path, content: 'x', mode: 0o640, user: undefined }),
    ]
    for (const result of results)
      expect(result).toMatchObject({
        ok: false,
        error: { code: expect.stringMatching(/link|borrowed/) as unknown },
      })
    const heads = await host.heads({ folder: theirs, paths: ['in/zone.db'], bytes: 64 })
    expect(heads).toMatchObject({ ok: true })
    expect(heads.ok && heads.value.get('in/zone.db')).toMatchObject({ ok: false })
    expect(readFileSync(canary, 'utf8')).toBe(SECRET)
    expect(statSync(canary)).toMatchObject({ uid: 0, mtimeMs: OLD_S * 1000 })
    expect(lstatSync(copy, { throwIfNoEntry: false })).toBeUndefined()
  })

  it.for(plants)('has no program of BIND read through %s', async ([, plant], { skip }) => {
    if (!isRoot) skip(SKIPPED)
    writeFileSync(canary, `${SECRET}\n`, { mode: 0o600 })
    plant()
    chmodSync(top, 0o755)
    const conf = join(top, 'named.conf')
    writeFileSync(
      conf,
      `options { directory "${theirs}"; };\nzone "a.example" { type primary; file "in/zone.db"; };\n`,
    )
    const zone = { zone: 'a.example', file: 'in/zone.db', journal: 'in/zone.db.jnl', folder: theirs }
    const user = 'nobody'
    const read = [
      await host.run({
        kind: 'named-compilezone',
        format: 'text',
        ...zone,
        user,
        deadlineMs: 5000,
      }),
      await host.run({ kind: 'named-checkconf', file: conf, zones: true, user, deadlineMs: 5000 }),
    ]
    for (const outcome of read) {
      expect(outcome).toMatchObject({ ok: true, value: { exit: 1 } })
      const said = outcome.ok ? `${outcome.value.stdout}${outcome.value.stderr}` : ''
      expect(said).toContain('permission denied')
      expect(said).not.toContain('known')
    }
  })

  it('touches the others all the same', async ({ skip }) => {
    if (!isRoot) skip(SKIPPED)
    symlinkSync(canary, join(theirs, 'a.db'))
    writeFileSync(join(theirs, 'b.db'), 'b')
    own(join(theirs, 'a.db'), join(theirs, 'b.db'))
    utimesSync(join(theirs, 'b.db'), OLD_S, OLD_S)
    expect(await host.touch({ folder: theirs, paths: ['a.db', 'b.db'] })).toMatchObject({ ok: false })
    expect(statSync(join(theirs, 'b.db')).mtimeMs).toBeGreaterThan(OLD_S * 1000)
  })

  it('follows a link that root made where nobody else may write', async () => {
    symlinkSync(theirs, join(top, 'zones'))
    writeFileSync(join(theirs, 'b.db'), 'b')
    expect(await host.read(join(top, 'zones', 'b.db'))).toMatchObject({ ok: true })
  })

  it('replaces nothing in a folder that was swapped for a link', async ({ skip }) => {
    if (!isRoot) skip(SKIPPED)
    symlinkSync(join(top, 'canary'), join(theirs, 'baton'))
    own(join(theirs, 'baton'))
    const path = join(theirs, 'baton', 'shadow')
    for (const act of [
      () => host.replace({ path, content: 'x', mode: 0o644, user: 'nobody' }),
      () =>
        host.create({
          path: join(theirs, 'baton', 'new', 'lock'),
          content: 'x',
          mode: 0o644,
          user: undefined,
        }),
      () => host.remove(path),
    ])
      expect(await act()).toMatchObject({ ok: false, error: { code: 'hosts.foreign-link' } })
    expect(readFileSync(canary, 'utf8')).toBe(SECRET)
  })

  it('sees what others could change, runs no guard there, and protects it', async ({ skip }) => {
    if (!isRoot) skip(SKIPPED)
    const etc = join(top, 'etc')
    const baton = join(etc, 'baton')
    mkdirSync(join(baton, 'marker'), { recursive: true })
    const script = join(baton, 'guard')
    writeFileSync(script, `echo ran >'${top}/ran'\n`, { mode: 0o755 })
    writeFileSync(join(etc, 'named.conf'), 'x', { mode: 0o640 })
    symlinkSync(canary, join(baton, 'guard.log'))
    linkSync(canary, join(baton, 'history'))
    execFileSync('chown', ['-hR', 'nobody', etc])
    chownSync(canary, 0, 0)
    chmodSync(top, 0o755)
    const order = {
      folder: baton,
      files: [
        { path: join(etc, 'named.conf'), mode: 0o640 },
        { path: script, mode: 0o755 },
      ],
      user: 'nobody',
      written: [theirs],
    }
    const seen = await host.exposures(order)
    expect(seen.ok && seen.value.map(({ path }) => path)).toEqual([
      etc,
      baton,
      join(etc, 'named.conf'),
      script,
    ])
    expect(await host.run({ kind: 'guard', script, action: ['status'], deadlineMs: 5_000 })).toMatchObject({
      ok: false,
      error: { code: 'hosts.script-exposed' },
    })
    expect(lstatSync(join(top, 'ran'), { throwIfNoEntry: false })).toBeUndefined()
    expect(await host.protect(order)).toMatchObject({ ok: true })
    expect(await host.exposures(order)).toEqual({ ok: true, value: [] })
    for (const path of [etc, baton, join(baton, 'marker'), script, join(etc, 'named.conf')])
      expect(statSync(path), path).toMatchObject({ uid: 0 })
    expect(statSync(join(etc, 'named.conf'))).toMatchObject({ gid: NOBODY })
    expect(lstatSync(join(baton, 'guard.log'), { throwIfNoEntry: false })).toBeUndefined()
    expect(statSync(join(baton, 'history'))).toMatchObject({ nlink: 1, mode: 0o100600 })
    expect(statSync(canary)).toMatchObject({ uid: 0, gid: 0, mode: 0o100600, nlink: 1 })
  })

  it('lets named go on making files in the folder of the configuration, where its zones are', async ({
    skip,
  }) => {
    if (!isRoot) skip(SKIPPED)
    const baton = join(theirs, 'baton')
    mkdirSync(baton)
    const order = { folder: baton, files: [], user: 'nobody', written: [theirs] }
    expect(await host.protect(order)).toMatchObject({ ok: true })
    expect(await host.exposures(order)).toEqual({ ok: true, value: [] })
    expect(statSync(theirs)).toMatchObject({ uid: 0, gid: NOBODY })
    chmodSync(top, 0o755)
    const as = { uid: NOBODY, gid: NOBODY, stdio: 'ignore' as const }
    execFileSync('touch', [join(theirs, 'zone.db')], as)
    expect(() => execFileSync('mv', [baton, join(theirs, 'away')], as)).toThrow()
  })
})

function own(...paths: readonly string[]): void {
  for (const path of paths) execFileSync('chown', ['-h', 'nobody:', path])
}
