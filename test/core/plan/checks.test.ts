import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CHECKS, runChecks } from '../../../src/core/plan/index.ts'
import type { SeenPreflight, SeenServer } from '../../../src/core/snapshot/index.ts'
import { bad, good, silenced, type World, withPreflight, withServer, withZone } from '../snapshot/world.ts'
import { NOS } from './cases.ts'
import { answer, askedWorld, contextOf, PUSH, SWITCHOVER } from './question.ts'

const WELL = askedWorld()

/** They look at what was rendered or ordered, which is always known. */
const NEVER_UNKNOWN = ['bystanders-left-out', 'formats-alike', 'secondaries-follow', 'update-keys-known']

/** Those of operations that begin with both peers answering; a failover has worlds of its own. */
const PLANNED = CHECKS.filter(
  ({ operations }) => operations.includes('switchover') || operations.includes('push'),
)

const cases = Object.entries(NOS).flatMap(([name, nos]) => nos.map(no => ({ name, ...no })))

describe.each(PLANNED)('$name', ({ name, operations }) => {
  it('says yes when all is well', () => {
    if (operations.includes('switchover')) expect(answer(name, WELL, SWITCHOVER)).toEqual([])
    if (operations.includes('push')) expect(answer(name, WELL, PUSH)).toEqual([])
  })

  it.runIf(!NEVER_UNKNOWN.includes(name))('takes what is not known for a no', () => {
    const subject = operations.includes('switchover') ? SWITCHOVER : PUSH
    const nobody = [...WELL.snapshot.servers.keys()].reduce(silenced, WELL)
    expect(answer(name, nobody, subject)).not.toEqual([])
    const none = { ...WELL, snapshot: { ...WELL.snapshot, servers: new Map<string, SeenServer>() } }
    expect(answer(name, none, subject)).not.toEqual([])
  })
})

describe('says no', () => {
  it.each(cases)('$name: when $when', ({ name, world, says, subject = SWITCHOVER }) => {
    const reasons = answer(name, world, subject)
    expect(reasons).toHaveLength(1)
    expect(reasons[0]?.slice(0, says.length)).toBe(says)
  })

  it('is tried of every check', () => {
    expect(Object.keys(NOS).toSorted()).toEqual(PLANNED.map(({ name }) => name).toSorted())
  })

  it('with a remedy in whole sentences, under the code of the check', () => {
    for (const { name, world, subject = SWITCHOVER } of cases) {
      const outcome = runChecks(contextOf(world, subject)).find(check => check.name === name)
      for (const refusal of outcome?.refusals ?? []) {
        expect(refusal.code).toBe(`check.${name}`)
        expect(refusal.remedy).toMatch(/^([A-Z`]|named\b).*\.$/s)
      }
    }
  })
})

describe('the table', () => {
  it('names each check once', () => {
    expect(new Set(CHECKS.map(({ name }) => name)).size).toBe(CHECKS.length)
  })

  it('asks questions', () => {
    for (const { question } of CHECKS) expect(question).toMatch(/^[A-Z].*\?$/)
  })

  it('asks each question once', () => {
    expect(new Set(CHECKS.map(({ question }) => question)).size).toBe(CHECKS.length)
  })
})

describe('a zone without a usable file', () => {
  const remedyOn = (server: string, world = WELL) => {
    const disk = good(new Map([['a.example', { kind: 'absent' as const }]]))
    const outcomes = runChecks(contextOf(withPreflight(world, server, { disk }), SWITCHOVER))
    return outcomes.find(({ name }) => name === 'disk-readable')?.refusals[0]?.remedy
  }

  it('is taken anew by a standby', () => {
    expect(remedyOn('ns2')).toMatch(/^`rndc -s \S+ -p \d+ -k \S+ retransfer a\.example` takes it anew/)
  })

  it('is written by an active that serves it, and put where named looks for it when it is new', () => {
    expect(remedyOn('ns1')).toMatch(/ sync a\.example` writes/)
    const unloaded = withZone(WELL, ['ns1', 'a.example'], { serial: undefined })
    expect(remedyOn('ns1', unloaded)).toContain('put its file there, as /srv/demo/ns1/var/zones/a.example.db')
  })
})

describe('a snapshot of which any part is missing', () => {
  const part = fc.constantFrom('there', 'failed', 'missing')
  const holes = fc.dictionary(
    fc.constantFrom(...WELL.snapshot.servers.keys()),
    fc.record({
      zones: part,
      named: part,
      files: part,
      markers: part,
      preflight: part,
      configuration: part,
      disk: part,
      frozen: part,
      folders: part,
      clock: part,
      signingKeys: part,
    }),
  )

  it('is asked without a throw, and a server that was not seen is never taken for well', () => {
    fc.assert(
      fc.property(holes, missing => {
        const world = Object.entries(missing).reduce<World>(
          (holed, [server, parts]) => withServer(holed, server, seen => punch(seen, parts)),
          WELL,
        )
        for (const subject of [SWITCHOVER, PUSH]) {
          const outcomes = runChecks(contextOf(world, subject))
          const unseen = [...world.snapshot.servers.values()].filter(({ zones }) => !zones.ok)
          const answers = outcomes.find(({ name }) => name === 'servers-answer')
          expect(answers?.refusals.map(refusal => refusal.subject)).toEqual(
            unseen.map(({ server }) => server),
          )
        }
      }),
    )
  })

  function punch(seen: SeenServer, parts: Readonly<Record<string, string>>): Partial<SeenServer> {
    const slow = <Name extends keyof SeenPreflight>(name: Name, well: SeenPreflight[Name]) =>
      parts[name] === 'there' ? well : parts[name] === 'failed' ? bad('cut') : undefined
    const before = parts['preflight'] === 'there' ? seen.preflight : undefined
    const preflight = before && {
      configuration: slow('configuration', before.configuration),
      disk: slow('disk', before.disk),
      frozen: slow('frozen', before.frozen),
      folders: slow('folders', before.folders),
      clock: slow('clock', before.clock),
      transfers: before.transfers,
      signingKeys: slow('signingKeys', before.signingKeys),
      signingKeyStates: parts['signingKeys'] === 'there' ? before.signingKeyStates : undefined,
    }
    return {
      zones: parts['zones'] === 'there' ? seen.zones : bad('cut'),
      named: parts['named'] === 'there' ? seen.named : parts['named'] === 'failed' ? bad('cut') : undefined,
      files: parts['files'] === 'there' ? seen.files : parts['files'] === 'failed' ? bad('cut') : undefined,
      markers: parts['markers'] === 'there' ? seen.markers : new Map(),
      preflight,
    }
  }
})
