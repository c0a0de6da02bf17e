import {
  compareSerials,
  countOf,
  type Failure,
  fail,
  failure,
  listFew,
  ok,
  type Result,
} from '../../../core/base/index.ts'
import type { FileChange, StepOf } from '../../../core/plan/index.ts'
import { type ServerLink, seeStopped, seeZones } from '../../observe/index.ts'
import { awaitStarted } from '../await-started.ts'
import { idOf, linkTo, type RunContext, type UndoContext, zonesOfSet } from '../context.ts'
import { areRestored, restoreChanges } from '../files/files.ts'
import { freezeZones, thawZones } from '../freezing.ts'
import { serialsKept } from '../outcomes.ts'
import { reconfigureAs } from '../reconfigure.ts'
import { reopen } from '../reopen.ts'
import { serialsOf } from '../zones/checked-serials.ts'
import { replaceStrays, saveOwnUpdates, type ZonesTaken } from '../zones/own-updates.ts'
import { isBehind, refreshZones } from '../zones/refresh.ts'
import { reachSerials } from './catch-up.ts'
import {
  leftActive,
  mayTakeUpdates,
  noteOpened,
  OF_ITS_DISK,
  saveWhatCame,
  seeStayedOpen,
} from './left-active.ts'

/**
 * Takes a promotion back. Writes may have been open on the zones that did load, so what was acknowledged in that time is
 * carried home first: the would-be active is frozen; where it has moved on, the old active becomes a secondary for a moment,
 * catches up and is made primary again. Only then does the would-be active become a standby: two standbys would pass updates
 * to and fro between them, and jam each other's connections for half a minute. One that was restarted is a standby already.
 */
export async function unpromote(
  context: UndoContext,
  step: StepOf<'promote'>,
): Promise<Result<void, Failure>> {
  const target = linkTo(context, step.server)
  const home = linkTo(context, step.from)
  // Before anything else opens, a restart of the would-be active must no longer make it active. But a disk there that cannot be written
  // shuts nobody else out: it is frozen all the same, and what is left is told.
  const restored = await restoreChanges(context, target, step.changes)
  if (!restored.ok && !OF_ITS_DISK.has(restored.error.code)) return restored
  const changes = releaseChanges(context, step)
  const isOpen = context.outcomes.own().opened !== undefined ? ok(true) : await areRestored(home, changes)
  if (!isOpen.ok) return isOpen
  // The old active has its files back only when all was carried home, and may have taken more since: nothing may pull it back.
  const carried = await (isOpen.value ? saveWhatCame : carryWhatMoved)(context, target, step)
  if (!carried.ok) return carried
  const stayed = isOpen.value ? await seeStayedOpen(context, home, step) : ok(undefined)
  if (!stayed.ok) return stayed
  const reopened = await reopen(context, home, { set: step.set, changes })
  if (!reopened.ok) return reopened
  const thawed = await thawZones(context, home, step.set)
  if (!thawed.ok) return thawed
  const opened = await noteOpened(context, step)
  if (!opened.ok) return opened
  await replaceStrays(context, { set: step.set, zones: carried.value, except: [step.from, step.server] })
  return restored.ok ? backToStandby(context, target, step) : fail(leftActive(step, restored.error))
}

/** Gives the zones in which the old active took something itself that is saved now. */
async function carryWhatMoved(
  context: RunContext,
  target: ServerLink,
  step: StepOf<'promote'>,
): Promise<Result<ZonesTaken, Failure>> {
  for (const server of [step.from, step.server]) {
    const started = await awaitStarted(
      context,
      linkTo(context, server),
      zonesOfSet(context, server, step.set),
    )
    if (!started.ok) return started
  }
  const writable = await mayTakeUpdates(context, target, step.set)
  if (!writable.ok) return writable
  const frozen = writable.value ? await freezeZones(context, target, { set: step.set }) : ok(undefined)
  if (!frozen.ok) return frozen
  const moved = await hasMovedOn(context, step, writable.value ? 'primary' : 'standby')
  if (!moved.ok) return moved
  if (!moved.value) return ok([])
  const saved = await saveOwnUpdates(context, { server: step.from, against: step.server, set: step.set })
  if (!saved.ok) return saved
  const home = await carryHome(context, step)
  return home.ok ? saved : home
}

/**
 * Whether the would-be active has something that the old one was not frozen with; what the old one took itself, thawed by a third hand,
 * is another matter. Where it was restarted after it took updates it is a standby
 * again, and has them still. A dynamic zone that it serves as a primary at a serial which does not come after the frozen one was
 * loaded from something older, and what it may have taken there no transfer can carry home: that is for a person to judge.
 */
async function hasMovedOn(
  context: RunContext,
  step: StepOf<'promote'>,
  as: 'primary' | 'standby',
): Promise<Result<boolean, Failure>> {
  const zones = zonesOfSet(context, step.server, step.set)
  const [here, there] = await Promise.all([
    seeZones(context.links, linkTo(context, step.from), zones),
    seeZones(context.links, linkTo(context, step.server), zones),
  ])
  if (!here.ok) return here
  if (!there.ok) return there
  const known = serialsKept(context.outcomes.latest('frozen')?.value)
  const orders = zones.flatMap(zone => {
    const frozen = known.get(idOf(zone)) ?? here.value.zones.get(idOf(zone))?.serial
    const now = there.value.zones.get(idOf(zone))?.serial
    if (now === undefined || (frozen === undefined && !zone.dynamic)) return []
    // What the old active has not loaded it may lack: it is asked to fetch it.
    return [{ zone, order: frozen === undefined ? ('after' as const) : compareSerials(now, frozen) }]
  })
  const forked = orders.filter(
    ({ zone, order }) => as === 'primary' && zone.dynamic && (order === 'before' || order === 'incomparable'),
  )
  if (forked.length > 0)
    return fail(
      forkedFrom(
        step,
        forked.map(({ zone }) => idOf(zone)),
      ),
    )
  return ok(orders.some(({ order }) => order === 'after'))
}

function forkedFrom({ server, from }: StepOf<'promote'>, ids: readonly string[]): Failure {
  return failure({
    code: 'engine.forked',
    subject: server,
    because: `${countOf(ids.length, 'zone')} there at a serial that does not come from the one frozen on ${from}: ${listFew(ids)}`,
    remedy: `Both are frozen. Copy file and journal of those zones on ${server} (named-journalprint shows what it took), restart its named, which makes it a standby, and \`baton resume\`.`,
  })
}

/** The old active's files say standby since the freeze, so a reconfig is all it needs to become a secondary. */
async function carryHome(context: RunContext, step: StepOf<'promote'>): Promise<Result<void, Failure>> {
  const home = linkTo(context, step.from)
  const zones = zonesOfSet(context, step.from, step.set)
  const deadlineMs = context.links.fleet.policy.writePauseMaxS * 1000
  const serials = new Map()
  const loaded = await reconfigureAs(context, home, {
    type: 'secondary',
    zones,
    serials,
    deadlineMs,
    install: [],
  })
  if (!loaded.ok) return loaded
  const carried = await reachSerials(
    context,
    { server: step.from, from: step.server, set: step.set },
    deadlineMs,
  )
  return carried.ok ? ok(undefined) : carried
}

async function backToStandby(
  context: RunContext,
  target: ServerLink,
  step: StepOf<'promote'>,
): Promise<Result<void, Failure>> {
  const zones = zonesOfSet(context, step.server, step.set)
  const loaded = await reconfigureAs(context, target, {
    type: 'secondary',
    zones,
    serials: new Map(),
    deadlineMs: context.links.fleet.policy.writePauseMaxS * 1000,
    install: [],
  })
  if (loaded.ok) return refreshBehind(context, step)
  // Its files say standby by now.
  const stopped = await seeStopped(context.links, target, step.set)
  return stopped.kind === 'stopped' ? ok(undefined) : loaded
}

/** The old active has taken updates since it was opened, of which it told one that was no secondary yet. */
async function refreshBehind(context: RunContext, step: StepOf<'promote'>): Promise<Result<void, Failure>> {
  const zones = zonesOfSet(context, step.server, step.set)
  const [home, target] = [linkTo(context, step.from), linkTo(context, step.server)]
  const [there, here] = await Promise.all([
    seeZones(context.links, home, zones),
    seeZones(context.links, target, zones),
  ])
  if (!there.ok) return there
  if (!here.ok) return here
  const [wanted, has] = [serialsOf(there.value.zones), serialsOf(here.value.zones)]
  return refreshZones(
    target,
    zones.filter(zone => isBehind(has.get(idOf(zone)), wanted.get(idOf(zone)))),
  )
}

/**
 * What the run changes of the old active's files, each as it was before the first change. Its demotion has not begun, but where its guard
 * saved what it took, that wrote the same files.
 */
function releaseChanges(context: RunContext, step: StepOf<'promote'>): readonly FileChange[] {
  const changes = context.plan.steps.flatMap(other =>
    (other.kind === 'freeze' || other.kind === 'demote') && other.server === step.from ? other.changes : [],
  )
  const first = new Map<string, FileChange>()
  for (const change of changes) if (!first.has(change.path)) first.set(change.path, change)
  return [...first.values()]
}
