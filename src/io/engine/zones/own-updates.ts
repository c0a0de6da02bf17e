import {
  compareSerials,
  type Failure,
  fail,
  failure,
  listFew,
  ok,
  type Result,
  type Serial,
} from '../../../core/base/index.ts'
import { isManaged } from '../../../core/fleet/index.ts'
import { seeDisk, seeZones } from '../../observe/index.ts'
import { idOf, linkTo, type RunContext, zonesOfSet } from '../context.ts'
import { commandZones } from '../control.ts'
import { freezeZones, takesUpdates } from '../freezing.ts'
import { serialsKept } from '../outcomes.ts'
import { recordForks } from '../steps/note.ts'
import { stepDown } from '../steps/step-down.ts'

/** A server that was frozen in this run, and the one whose content is to take the place of its own. */
export type OwnUpdates = {
  readonly server: string
  readonly against: string
  readonly set: string
  /** The serials at which it was frozen; those of the freeze, unless it is another server's. */
  readonly since?: ReadonlyMap<string, Serial>
}

/** The zones, by `zoneId`, in which a server took updates after it was frozen. */
export type ZonesTaken = readonly string[]

/**
 * Saves what a server took after it was frozen, thawed by a third hand: nobody else has it, and the next transfer would throw it away.
 * It is frozen again, and its guard keeps its files in `baton/rescue` and makes it a standby. Where it took nothing, nothing is done.
 */
export async function saveOwnUpdates(
  context: RunContext,
  own: OwnUpdates,
): Promise<Result<ZonesTaken, Failure>> {
  const frozen = own.since ?? serialsKept(context.outcomes.latest('frozen')?.value)
  const seen = await seeZones(
    context.links,
    linkTo(context, own.server),
    zonesOfSet(context, own.server, own.set),
  )
  if (!seen.ok) return seen
  const taken = takenSince(context, own, {
    frozen,
    serialOf: id => {
      const zone = seen.value.zones.get(id)
      // A standby has what it was given.
      return zone?.type === 'secondary' ? undefined : zone?.serial
    },
  })
  if (taken.length === 0) return ok(taken)
  // Without the statistics channel nobody tells a zone's type; named calls a zone dynamic only where it is primary for it.
  const primary = await takesUpdates(context, linkTo(context, own.server), own.set)
  if (!primary.ok) return primary
  if (!primary.value) return ok([])
  const again = await freezeZones(context, linkTo(context, own.server), { set: own.set })
  if (!again.ok) return again
  return saveAll(context, own, { frozen, taken })
}

/** The same for a server whose named has stopped: its disk tells what it took. */
export async function saveStopped(
  context: RunContext,
  own: OwnUpdates,
): Promise<Result<ZonesTaken, Failure>> {
  const frozen = own.since ?? serialsKept(context.outcomes.latest('frozen')?.value)
  const dynamic = zonesOfSet(context, own.server, own.set).filter(zone => zone.dynamic)
  const disk = await seeDisk(linkTo(context, own.server), dynamic)
  if (!disk.ok) return disk
  const unread = dynamic.filter(
    zone => frozen.has(idOf(zone)) && disk.value.get(idOf(zone))?.kind !== 'serial',
  )
  if (unread.length > 0) return fail(diskUnread(own, unread.map(idOf)))
  const taken = takenSince(context, own, {
    frozen,
    serialOf: id => {
      const onDisk = disk.value.get(id)
      // What had not been written when it stopped came over before, or is older than what it was frozen at.
      const isNewer =
        onDisk?.kind === 'serial' &&
        compareSerials(onDisk.serial, frozen.get(id) ?? onDisk.serial) !== 'before'
      return isNewer ? onDisk.serial : undefined
    },
  })
  return taken.length === 0 ? ok(taken) : saveAll(context, own, { frozen, taken })
}

type Since = {
  readonly frozen: ReadonlyMap<string, Serial>
  readonly serialOf: (id: string) => Serial | undefined
}

function takenSince(
  context: RunContext,
  { server, set }: OwnUpdates,
  { frozen, serialOf }: Since,
): ZonesTaken {
  const dynamic = zonesOfSet(context, server, set).filter(zone => zone.dynamic)
  return dynamic.map(idOf).filter(id => {
    const [then, now] = [frozen.get(id), serialOf(id)]
    return then !== undefined && now !== undefined && compareSerials(now, then) !== 'same'
  })
}

async function saveAll(
  context: RunContext,
  { server, against, set }: OwnUpdates,
  { frozen, taken }: { readonly frozen: ReadonlyMap<string, Serial>; readonly taken: ZonesTaken },
): Promise<Result<ZonesTaken, Failure>> {
  const { handover, created } = context.plan
  const term = handover?.termAfter ?? 0
  const forks = { server: against, from: server, set, term, peers: [server, against] }
  const noted = await recordForks(context, forks, frozen)
  if (!noted.ok) return noted
  const saved = await stepDown(context, { kind: 'step-down', server, set, term, since: created })
  return saved.ok ? ok(taken) : saved
}

/**
 * Other servers may have transferred what is a stray now, and would keep it: its serial may even be that of the right content. So they
 * are ordered to transfer those zones anew. Who does not answer is seen when content is compared.
 */
export async function replaceStrays(
  context: RunContext,
  {
    set,
    zones,
    except,
  }: { readonly set: string; readonly zones: ZonesTaken; readonly except: readonly string[] },
): Promise<void> {
  if (zones.length === 0) return
  const others = context.links.servers.filter(
    ({ server }) => isManaged(server) && server.sets.includes(set) && !except.includes(server.name),
  )
  await Promise.all(
    others.map(link => {
      const strayed = zonesOfSet(context, link.server.name, set).filter(zone => zones.includes(idOf(zone)))
      return commandZones(link, 'retransfer', strayed)
    }),
  )
}

/** What a person is told of it. */
export function savedInWords({ server, against }: OwnUpdates, taken: ZonesTaken): string {
  return `${server} was thawed after this run froze it, and accepted updates in ${listFew(taken)} that ${against} does not have. They are saved in baton/rescue on ${server}: \`baton rescue list\` shows them`
}

function diskUnread({ server }: OwnUpdates, ids: ZonesTaken): Failure {
  return failure({
    code: 'engine.disk-behind',
    subject: server,
    because: `named on ${server} has stopped, and its disk does not tell the serials of ${listFew(ids)}, so what it took at last is not known`,
    remedy: `Start named on ${server}: its files say standby. Then \`baton resume\`.`,
  })
}
