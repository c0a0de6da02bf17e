import { absolutePath, countOf, listFew, type Refusal, refuse } from '../../../base/index.ts'
import { rndcZones } from '../../../fleet/index.ts'
import { type SeenDiskSerial, zoneId } from '../../../snapshot/index.ts'
import type { Check, CheckContext } from '../../check.ts'
import { allZones, changingServers, involvedZones, preflightPart, refuseUnknown } from '../../involved.ts'

/** `reconfig` makes a zone anew from its files, so what is not on disk is gone. */
export const diskReadable: Check = {
  name: 'disk-readable',
  question: 'Does every zone have a readable file, and a journal that fits it, where roles change?',
  meaning:
    'A zone has no file on a peer, or a file or journal that cannot be read. A reconfig loads from disk alone.',
  remedy: '`rndc sync ZONE`, and see that named may write there.',
  operations: ['switchover', 'failover'],
  weight: 'refuse',
  ask: context => {
    return changingServers(context).flatMap(server => {
      const disk = preflightPart(context, server, part => part.disk)
      if (disk.kind === 'unknown') return [refuseUnknown('check.disk-readable', server, disk)]
      const bad = [...disk.value].filter(([, serial]) => serial.kind !== 'serial')
      return bad.length === 0 ? [] : [refuseFiles(context, server, bad)]
    })
  },
}

function refuseFiles(
  context: CheckContext,
  server: string,
  bad: readonly (readonly [string, SeenDiskSerial])[],
): Refusal {
  const ids = bad.map(([id]) => id)
  const [id, first] = bad[0] ?? []
  const because = first?.kind === 'unreadable' ? first.because : 'there is no file'
  return refuse({
    code: 'check.disk-readable',
    subject: server,
    because: `${countOf(ids.length, 'zone')} without a usable file: ${listFew(ids)} (${id}: ${because})`,
    remedy: remedyFor(context, server, ids),
  })
}

/** A standby takes the zone anew, where there is somebody to take it from; an active writes what it serves; what is served nowhere has to be put there. */
function remedyFor(context: CheckContext, server: string, ids: readonly string[]): string {
  const { fleet, subject } = context
  const path = pathOf(context, server, ids[0])
  const there = ids.length === 1 ? `as ${path}` : `each in its place, the first as ${path}`
  const may = 'and see that named may write its folder (owner, AppArmor, SELinux)'
  if (subject.operation === 'failover' && isServedBy(context, server, ids))
    return `\`${rndcZones(fleet, server, { verb: 'sync', zones: ids })}\` writes what named still has of it, ${may}; then order the failover again.`
  if (subject.operation === 'failover')
    return `Put a copy there from a server or a backup that has it, ${there}, and take its journal away; then order the failover again.`
  if (subject.operation === 'switchover' && server === subject.to && isServedBy(context, subject.from, ids))
    return `\`${rndcZones(fleet, server, { verb: 'retransfer', zones: ids })}\` takes it anew from the active, ${may}.`
  if (subject.operation === 'switchover' && server === subject.to)
    return 'It comes from the active, which does not serve it either: see there first.'
  return isServedBy(context, server, ids)
    ? `\`${rndcZones(fleet, server, { verb: 'sync', zones: ids })}\` writes a zone that takes updates, ${may}; put the file of any other back ${there}.`
    : `A new zone begins on the active: put its file there, ${there}, then \`${rndcZones(fleet, server, { verb: 'reload', zones: ids })}\`.`
}

function isServedBy(context: CheckContext, server: string, ids: readonly string[]): boolean {
  const zones = allZones(context, server)
  return zones.kind === 'seen' && ids.some(id => zones.value.zones.get(id)?.serial !== undefined)
}

function pathOf(context: CheckContext, server: string, id: string | undefined): string {
  const file = involvedZones(context, server).find(({ name, view }) => zoneId(name, view) === id)?.file ?? ''
  const directory = context.fleet.servers.find(({ name }) => name === server)?.paths.directory ?? ''
  return absolutePath(directory, file)
}
