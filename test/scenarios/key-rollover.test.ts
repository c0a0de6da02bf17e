import { execFileSync } from 'node:child_process'
import { cpSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { check, status } from '../../src/app/commands/index.ts'
import { labServerPaths } from '../../src/app/lab/index.ts'
import { programsOf } from '../support/lab-programs.ts'
import { beginRemade } from '../support/remade-lab.ts'
import { type Story, switchOver } from '../support/story.ts'
import { until } from '../support/until.ts'

let story: Story

afterEach(() => story.remove())

const ZONE = 'signed.example'
const CONTENT = '$TTL 2\n@ SOA ns1 hostmaster 1 900 15 1209600 2\n@ NS ns1\nns1 A 127.0.0.1\n'
/** All that a key waits for takes a second or two. */
const POLICY = `
dnssec-policy quick {
  keys { ksk lifetime unlimited algorithm 13; zsk lifetime unlimited algorithm 13; };
  dnskey-ttl 2; max-zone-ttl 2; publish-safety 1s; retire-safety 1s; zone-propagation-delay 1s;
  parent-ds-ttl 2; parent-propagation-delay 1s;
};
`

it('a switchover to a release that would drop a signature waits until the DS is swapped', async () => {
  story = await beginRemade({
    fleet: document => document.set('zones', './signed.conf'),
    files: {
      'signed.conf': `zone "${ZONE}" { type primary; file "zones/${ZONE}.db"; dnssec-policy quick; key-directory "keys"; allow-update { key "writer"; }; };\n`,
    },
    base: POLICY,
    zones: { [`zones/${ZONE}.db`]: CONTENT, 'keys/.keep': '' },
  })
  const { rndc } = programsOf(story.lab)
  await until('ns1 has signed it', () => stateOf('GoalState').length === 2)
  rndc('ns1', 'dnssec', '-checkds', 'published', ZONE)
  await until('the DS is everywhere', () => stateOf('DSState').join() === 'omnipresent')
  copyKeys()
  await until('nothing is under way', async () => (await answerOf('keys-settled'))?.outcome === 'yes')
  const [old] = kskTags()
  rndc('ns1', 'dnssec', '-rollover', '-key', `${old}`, ZONE)
  await until('a successor is there', () => kskTags().length === 2)
  copyKeys()
  const answered = await answerOf('keys-settled')
  if (releaseOf() === '9.18') {
    expect(answered?.outcome).toBe('yes')
    return
  }
  expect(answered).toMatchObject({ outcome: 'no', reasons: [{ subject: 'ns1' }] })
  expect(answered?.reasons[0]?.because).toContain(`${ZONE} (key ${old})`)
  expect(answered?.reasons[0]?.remedy).toContain(`dnssec -status ${ZONE}`)
  expect(await switchOver(story, {})).toMatchObject({ ok: false })
  const seen = await status({ fleetFile: story.fleetFile })
  expect(seen.ok && seen.value.sets).toMatchObject([{ active: 'ns1', term: 1 }])
}, 180_000)

async function answerOf(name: string) {
  const { fleetFile } = story
  const checked = await check({ fleetFile, set: undefined, to: undefined, without: [] })
  if (!checked.ok) throw new Error(JSON.stringify(checked.error))
  return checked.value.checks.find(answer => answer.name === name)
}

function keysOf(server: string): string {
  return join(labServerPaths(story.lab.folder, server).directory, 'keys')
}

/** As an operator keeps the keys of the peers alike. */
function copyKeys(): void {
  cpSync(keysOf('ns1'), keysOf('ns2'), { recursive: true })
}

function states(): ReadonlyMap<string, string> {
  const names = readdirSync(keysOf('ns1')).filter(name => name.endsWith('.state'))
  return new Map(names.map(name => [name, readFileSync(join(keysOf('ns1'), name), 'utf8')]))
}

function stateOf(word: string): readonly string[] {
  return [...states().values()].flatMap(text => new RegExp(`^${word}: (\\S+)`, 'm').exec(text)?.[1] ?? [])
}

function kskTags(): readonly number[] {
  return [...states()].flatMap(([name, text]) =>
    /^KSK: yes/m.test(text) ? [Number(/\+(\d+)\.state$/.exec(name)?.[1])] : [],
  )
}

function releaseOf(): string | undefined {
  return /BIND (\d+\.\d+)/.exec(execFileSync('named', ['-v'], { encoding: 'utf8' }))?.[1]
}
