import { type CheckContext, type CheckSubject, runChecks } from '../../../src/core/plan/index.ts'
import type { SeenPreflight } from '../../../src/core/snapshot/index.ts'
import { good, serial, TERM, type World, wellWorld, withServer } from '../snapshot/world.ts'

const GIB = 2 ** 30

/** The well world with every slow question answered well, as before a switchover from ns1 to ns2. */
export function askedWorld(): World {
  const world = wellWorld()
  return [...world.snapshot.servers.keys()].reduce(
    (asked, name) => withServer(asked, name, () => ({ preflight: wellPreflight(name) })),
    world,
  )
}

function wellPreflight(server: string): SeenPreflight {
  const isPeer = server === 'ns1' || server === 'ns2'
  const path = `/srv/demo/${server}/var`
  const onDisk = ['a.example', 'b.example', 'c.example'].map(
    zone => [zone, { kind: 'serial', serial: serial(100) }] as const,
  )
  const folder = {
    path,
    exists: true,
    bytesFree: 10 * GIB,
    inodesFree: 1_000_000,
    writable: true,
    because: undefined,
    confinement: undefined,
  }
  return {
    configuration: isPeer ? good({ accepted: true, complaints: [] }) : undefined,
    disk: isPeer ? good(new Map(onDisk)) : undefined,
    frozen:
      server === 'ns1'
        ? good(
            new Map([
              ['a.example', false],
              ['b.example', false],
            ]),
          )
        : undefined,
    folders: good([folder]),
    clock: good({ offsetMs: 3, uncertaintyMs: 1 }),
    transfers: [],
    signingKeyStates: isPeer ? good([]) : undefined,
    signingKeys: isPeer ? good(new Map([['keys/Ka.+013+1.key', 'abc']])) : undefined,
  }
}

export const SWITCHOVER: CheckSubject = {
  operation: 'switchover',
  set: 'default',
  from: 'ns1',
  to: 'ns2',
  without: [],
  termAfter: TERM + 1,
  fences: new Map(),
}

export const PUSH: CheckSubject = { operation: 'push', servers: ['ns1', 'ns2', 'e1', 'w1'] }

export function contextOf(world: World, subject: CheckSubject): CheckContext {
  return { ...world, subject }
}

/** What one check answers: `yes`, or the subjects and reasons of its no. */
export function answer(name: string, world: World, subject: CheckSubject): readonly string[] {
  const outcome = runChecks(contextOf(world, subject)).find(check => check.name === name)
  if (outcome === undefined) throw new Error(`${subject.operation} does not ask ${name}`)
  return outcome.refusals.map(refusal => `${refusal.subject}: ${refusal.because}`)
}
