import {
  type Code,
  compareSerials,
  type Failure,
  failure,
  ok,
  type Result,
  type Serial,
} from '../../../core/base/index.ts'
import type { StepOf } from '../../../core/plan/index.ts'
import { type ServerLink, seeStopped, seeZones } from '../../observe/index.ts'
import { idOf, linkTo, type RunContext, type UndoContext, zonesOfSet } from '../context.ts'
import { freezeZones, takesUpdates } from '../freezing.ts'
import { serialsKept, serialsToKeep } from '../outcomes.ts'
import { serialsOf } from '../zones/checked-serials.ts'
import {
  type OwnUpdates,
  savedInWords,
  saveOwnUpdates,
  saveStopped,
  type ZonesTaken,
} from '../zones/own-updates.ts'

/** What a disk says that takes nothing, or hangs. */
export const OF_ITS_DISK: ReadonlySet<Code> = new Set([
  'hosts.read-only',
  'hosts.disk-full',
  'hosts.input-output',
  'hosts.deadline',
])

/** When updates were open again on the old active, and where the other one stands: what follows keeps nobody from writing. */
export async function noteOpened(
  context: RunContext,
  step: StepOf<'promote'>,
): Promise<Result<void, Failure>> {
  const { outcomes, links } = context
  if (outcomes.own().opened !== undefined) return ok(undefined)
  const opened = { at: links.clock.now(), elapsed: links.clock.elapsed() }
  const zones = zonesOfSet(context, step.server, step.set)
  const seen = await seeZones(links, linkTo(context, step.server), zones)
  const left = seen.ok ? { left: serialsToKeep(serialsOf(seen.value.zones)) } : {}
  return outcomes.record({ opened, ...left })
}

/**
 * The would-be active was left frozen, its files saying active: restarted or thawed since, it may have taken updates beside the old active,
 * which are saved like those of any second active.
 */
export async function saveWhatCame(
  context: UndoContext,
  target: ServerLink,
  step: StepOf<'promote'>,
): Promise<Result<ZonesTaken, Failure>> {
  const { server, from: against, set } = step
  const { left } = context.outcomes.own()
  const since = left === undefined ? await whereAhead(context, step) : ok(serialsKept(left))
  if (!since.ok) return since
  const own = { server, against, set, since: since.value }
  const stopped = await seeStopped(context.links, target, set)
  const saved =
    stopped.kind === 'stopped' ? await saveStopped(context, own) : await freezeAndSave(context, own)
  if (saved.ok && saved.value.length > 0) context.tell(savedInWords(own, saved.value))
  return saved
}

/** Nothing was written down of where it stood: the zones in which it has what the old active has not, at the serials of that one. */
async function whereAhead(
  context: RunContext,
  { server, from, set }: StepOf<'promote'>,
): Promise<Result<ReadonlyMap<string, Serial>, Failure>> {
  const zones = zonesOfSet(context, server, set)
  const [home, target] = await Promise.all([
    seeZones(context.links, linkTo(context, from), zones),
    seeZones(context.links, linkTo(context, server), zones),
  ])
  if (!home.ok) return home
  // One that has stopped is no secondary that could be pulled back; its disk is for whoever starts it.
  if (!target.ok) return ok(new Map())
  const now = serialsOf(target.value.zones)
  return ok(
    new Map(
      [...serialsOf(home.value.zones)].filter(([id, serial]) => {
        const order = compareSerials(now.get(id) ?? serial, serial)
        return order === 'after' || order === 'incomparable'
      }),
    ),
  )
}

async function freezeAndSave(context: RunContext, own: OwnUpdates): Promise<Result<ZonesTaken, Failure>> {
  const target = linkTo(context, own.server)
  const writable = await mayTakeUpdates(context, target, own.set)
  if (!writable.ok) return writable
  const frozen = writable.value ? await freezeZones(context, target, { set: own.set }) : ok(undefined)
  return frozen.ok ? saveOwnUpdates(context, own) : frozen
}

/** Its own guard made it a standby, if it has seen the other one's term for long: then what it took is in its rescue. */
export async function seeStayedOpen(
  context: UndoContext,
  home: ServerLink,
  step: StepOf<'promote'>,
): Promise<Result<void, Failure>> {
  const primary = await takesUpdates(context, home, step.set)
  if (!primary.ok) return primary
  if (!primary.value && zonesOfSet(context, step.from, step.set).some(({ dynamic }) => dynamic))
    context.tell(
      `${step.from} was no primary any more: what it took since it was opened is in baton/rescue there, if its guard made it a standby; \`baton rescue list\` shows it`,
    )
  return ok(undefined)
}

export function leftActive({ server, from }: StepOf<'promote'>, cause: Failure): Failure {
  return failure({
    code: 'engine.left-active',
    subject: server,
    because: `${from} takes updates again, but files on ${server} still say active: ${cause.because}`,
    remedy: `Stop named on ${server} now and keep it stopped: it takes no updates, but as long as it answers, the guard of ${from} may take it for the active of a newer term and stop ${from}. Once the disk of ${server} can be written, \`baton resume\` puts its files back; start named then. If ${server} is lost, \`baton failover --fenced ${server}="…"\`.`,
  })
}

/** A zone that is not loaded yet is no less open for it once it is. */
export async function mayTakeUpdates(
  context: RunContext,
  target: ServerLink,
  set: string,
): Promise<Result<boolean, Failure>> {
  const zones = zonesOfSet(context, target.server.name, set).filter(zone => zone.dynamic)
  const seen = await seeZones(context.links, target, zones)
  if (!seen.ok) return seen
  const isPrimary = zones.some(zone => seen.value.zones.get(idOf(zone))?.type === 'primary')
  return isPrimary ? ok(true) : takesUpdates(context, target, set)
}
