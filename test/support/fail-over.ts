import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { type FailoverOptions, prepareFailover } from '../../src/app/commands/index.ts'
import { openSession } from '../../src/app/commands/session/session.ts'
import type { RunDocument } from '../../src/app/contract/index.ts'
import { type Lab, labServerPaths, labZones, readLabKey, startServer } from '../../src/app/lab/index.ts'
import {
  type DomainName,
  invariant,
  type Problem,
  parseDomainName,
  type Result,
} from '../../src/core/base/index.ts'
import { RECORD_TYPES, writeTxt } from '../../src/core/dns/index.ts'
import { compareContent } from '../../src/io/compare/index.ts'
import { DnsClient, querySoa, sendUpdate } from '../../src/io/net/index.ts'
import { linkOf } from '../../src/io/observe/index.ts'
import { type Following, runToEnd, type Story } from './story.ts'

export type Telling = Partial<FailoverOptions> & Following

/** A failover as a person would order it who has switched the old active off. */
export function orderFailover({ fleetFile }: Pick<Story, 'fleetFile'>, telling: Telling) {
  const { onEvent: _onEvent, signal: _signal, ...options } = telling
  return prepareFailover({
    fleetFile,
    set: undefined,
    to: undefined,
    from: undefined,
    without: [],
    reason: 'a story',
    fenced: 'killed by the test',
    serials: 'raised',
    takeOver: true,
    ...options,
  })
}

/** Prepares a failover and runs it to its end. */
export async function failOver(
  story: Pick<Story, 'fleetFile'>,
  telling: Telling = {},
): Promise<Result<RunDocument, readonly Problem[]>> {
  return runToEnd(await orderFailover(story, telling), telling)
}

/** The zones of a lab that take updates. */
export function dynamicZones(lab: Lab): readonly DomainName[] {
  return labZones(lab.plan)
    .filter(({ updates }) => updates !== 'none')
    .map(({ name }) => name)
}

/** The first zone of a lab that takes updates. */
export function dynamicZone(lab: Lab): DomainName {
  const [zone] = dynamicZones(lab)
  invariant(zone !== undefined, 'the lab has a dynamic zone')
  return zone
}

/** One acknowledged record, `NAME.ZONE TXT NAME`, sent to a server. */
export async function addRecord(lab: Lab, server: string, name: string): Promise<void> {
  const key = readLabKey(lab.folder, 'writer')
  const zone = dynamicZone(lab)
  const owner = parseDomainName(`${name}.${zone}`)
  const rdata = writeTxt([name])
  if (!key.ok || !owner.ok || !rdata.ok) throw new Error(`no update for ${name}`)
  const client = new DnsClient(endpointOf(lab, server))
  const changes = [
    { kind: 'add', name: owner.value, type: RECORD_TYPES.TXT, ttl: 60, rdata: rdata.value } as const,
  ]
  const sent = await sendUpdate(client, { zone, prerequisites: [], changes }, { key: key.value })
  client.close()
  if (!sent.ok || sent.value.rcode !== 'NOERROR') throw new Error(`refused: ${JSON.stringify(sent)}`)
}

/** Of the first dynamic zone unless another is named. */
export async function serialOn(lab: Lab, server: string, zone = dynamicZone(lab)): Promise<number> {
  const client = new DnsClient(endpointOf(lab, server))
  const serial = await querySoa(client, zone, {})
  client.close()
  if (!serial.ok) throw new Error(serial.error.because)
  return serial.value
}

/** The server comes back as the guard would let it: as a standby, with the files that it has. */
export async function returnAsStandby(lab: Lab, server: string): Promise<void> {
  const { configuration } = labServerPaths(lab.folder, server)
  copyFileSync(join(configuration, 'named.standby.conf'), join(configuration, 'named.conf'))
  const started = await startServer(lab, server, 'answering')
  if (!started.ok) throw new Error(started.error.because)
}

/** On which servers the first dynamic zone has other content than on `reference`. */
export async function differencesFrom(
  { fleetFile, lab }: Story,
  reference: string,
): Promise<readonly string[]> {
  const session = await openSession({ fleetFile })
  if (!session.ok) throw new Error('no session')
  const { links, rendered, close } = session.value
  const zones = (rendered.get(reference)?.zones ?? []).filter(({ name }) => name === dynamicZone(lab))
  const others = lab.servers.filter(({ name }) => name !== reference).map(({ name }) => linkOf(links, name))
  const { differences } = await compareContent(links, {
    reference: linkOf(links, reference),
    pairs: others.flatMap(server => zones.map(zone => ({ server, zone }))),
  })
  await close()
  return differences.map(({ server, difference }) => `${server}: ${difference.kind}`)
}

function endpointOf(lab: Lab, server: string) {
  const found = lab.servers.find(({ name }) => name === server)
  invariant(found !== undefined, 'the lab has that server')
  return found.dns
}
