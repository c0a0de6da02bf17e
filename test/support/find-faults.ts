import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { statusOf } from '../../src/app/commands/look/status.ts'
import { openSession, type Session } from '../../src/app/commands/session/session.ts'
import type { StatusDocument } from '../../src/app/contract/index.ts'
import { findMissing, type Lab, labServerPaths, type WriterReport } from '../../src/app/lab/index.ts'
import { differenceInWords } from '../../src/core/verify/index.ts'
import { compareContent } from '../../src/io/compare/index.ts'
import { linkOf, seeFrozen } from '../../src/io/observe/index.ts'

const SETTLED_DEADLINE_MS = 60_000
const INTERVAL_MS = 100

/** How a fleet should stand once everything is over. */
export type Expectation = {
  /** Peers of which one is active, and the term: either pair where both ends are right. */
  readonly standings: readonly { readonly active: string; readonly term: number }[]
  /** What was acknowledged to writers, all of which every server must have. */
  readonly written: Pick<WriterReport, 'updates' | 'unacknowledged'>
}

/** Everything that is not as it should be at the end, in words: the fleet at rest, whole, and nothing lost. */
export async function findFaults(lab: Lab, expected: Expectation): Promise<readonly string[]> {
  const session = await openSession({ fleetFile: join(lab.folder, 'baton.yaml') })
  if (!session.ok) return session.error.map(({ code }) => `no session: ${code}`)
  try {
    const status = await awaitWell(session.value)
    const faults = [
      ...statusFaults(status, expected),
      ...lockFaults(lab),
      ...(await frozenFaults(session.value)),
      ...(await contentFaults(lab, session.value)),
      ...(await updateFaults(lab, expected)),
    ]
    return faults
  } finally {
    await session.value.close()
  }
}

async function awaitWell(session: Session): Promise<StatusDocument> {
  const deadline = performance.now() + SETTLED_DEADLINE_MS
  for (;;) {
    const status = await statusOf(session)
    const isCurrent = status.servers.every(({ zones }) => zones.current === zones.expected)
    if ((status.well && isCurrent) || performance.now() > deadline) return status
    await pause(INTERVAL_MS)
  }
}

function statusFaults(status: StatusDocument, { standings }: Expectation): readonly string[] {
  const [set] = status.sets
  const stands = `${set?.active} is active in term ${set?.term}`
  const isExpected = standings.some(({ active, term }) => active === set?.active && term === set.term)
  return [
    ...(isExpected ? [] : [stands]),
    ...status.verdicts
      .filter(({ severity }) => severity === 'problem')
      .map(({ code, subject, because }) => `${code} ${subject}: ${because}`),
    ...status.servers
      .filter(({ zones }) => zones.current !== zones.expected)
      .map(({ server, zones }) => `${server} has ${zones.current} of ${zones.expected} zones current`),
  ]
}

function lockFaults(lab: Lab): readonly string[] {
  return lab.servers
    .filter(({ name }) => existsSync(join(labServerPaths(lab.folder, name).configuration, 'baton', 'lock')))
    .map(({ name }) => `${name} is still locked`)
}

async function frozenFaults({ links, rendered }: Session): Promise<readonly string[]> {
  const faults: string[] = []
  for (const link of links.servers.filter(({ server }) => server.kind === 'peer')) {
    const frozen = await seeFrozen(link, rendered.get(link.server.name)?.zones ?? [])
    if (!frozen.ok) faults.push(`${link.server.name}: ${frozen.error.because}`)
    else
      for (const [zone, isFrozen] of frozen.value)
        if (isFrozen) faults.push(`${zone} is frozen on ${link.server.name}`)
  }
  return faults
}

async function contentFaults(lab: Lab, { links, rendered }: Session): Promise<readonly string[]> {
  const [reference, ...servers] = lab.servers.map(({ name }) => linkOf(links, name))
  if (reference === undefined) return ['there is no server']
  const zones = rendered.get(reference.server.name)?.zones ?? []
  const pairs = servers.flatMap(server => zones.map(zone => ({ server, zone })))
  const { differences } = await compareContent(links, { reference, pairs })
  return differences.map(
    ({ server, zone, difference }) => `${server}: ${zone} ${differenceInWords(difference)}`,
  )
}

async function updateFaults(lab: Lab, { written }: Expectation): Promise<readonly string[]> {
  const missing = await findMissing(
    written.updates,
    lab.servers.map(({ dns }) => dns),
  )
  if (!missing.ok) return [missing.error.because]
  return [
    ...missing.value.map(
      ({ update, endpoint, answer }) => `${update.name} at port ${endpoint.port}: ${answer}`,
    ),
    ...written.unacknowledged.map(({ name, answer }) => `${name} was never acknowledged: ${answer}`),
  ]
}
