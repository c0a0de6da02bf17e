import type { Refusal } from '../base/index.ts'
import type { SeenLock } from '../snapshot/index.ts'
import type { Check, CheckContext, CheckOutcome } from './check.ts'
import { activeFenced } from './checks/active-fenced.ts'
import { activeGone } from './checks/active-gone.ts'
import { activeUnseen } from './checks/active-unseen.ts'
import { bystandersLeftOut } from './checks/bystanders-left-out.ts'
import { catchUpNear } from './checks/catch-up-near.ts'
import { clocksAgree } from './checks/clocks-agree.ts'
import { configurationInstalled } from './checks/configuration-installed.ts'
import { configurationLoads } from './checks/configuration-loads.ts'
import { configurationRunning } from './checks/configuration-running.ts'
import { confinementKnown } from './checks/confinement-known.ts'
import { controlAnswers } from './checks/control-answers.ts'
import { copiesLeft } from './checks/copies-left.ts'
import { diskCurrent } from './checks/disk-current.ts'
import { diskReadable } from './checks/disk-readable.ts'
import { filesProtected } from './checks/files-protected.ts'
import { filesReadable } from './checks/files-readable.ts'
import { fleetIsOurs, refuseForeign } from './checks/fleet-is-ours.ts'
import { foldersWritable } from './checks/folders-writable.ts'
import { forksFound } from './checks/forks-found.ts'
import { formatsAlike } from './checks/formats-alike.ts'
import { handoverMakesSense } from './checks/handover-makes-sense.ts'
import { keysSettled } from './checks/keys-settled.ts'
import { markerSigned } from './checks/marker-signed.ts'
import { isOwnLock, noUnfinishedRun } from './checks/no-unfinished-run.ts'
import { nobodyActive } from './checks/nobody-active.ts'
import { oneActive } from './checks/one-active.ts'
import { peersFound } from './checks/peers-found.ts'
import { returningObeys } from './checks/returning-obeys.ts'
import { rolesAgree } from './checks/roles-agree.ts'
import { rolesKept } from './checks/roles-kept.ts'
import { sameZones } from './checks/same-zones.ts'
import { secondariesFollow } from './checks/secondaries-follow.ts'
import { secondariesNear } from './checks/secondaries-near.ts'
import { serialsOrdered } from './checks/serials-ordered.ts'
import { serversAnswer } from './checks/servers-answer.ts'
import { signingKeysEqual } from './checks/signing-keys-equal.ts'
import { signingKeysThere } from './checks/signing-keys-there.ts'
import { spaceFree } from './checks/space-free.ts'
import { statesWritten } from './checks/states-written.ts'
import { statisticsSeen } from './checks/statistics-seen.ts'
import { survivorsAnswer } from './checks/survivors-answer.ts'
import { transfersAllowed } from './checks/transfers-allowed.ts'
import { updateKeysKnown } from './checks/update-keys-known.ts'
import { versionsAlike } from './checks/versions-alike.ts'
import { versionsKnown } from './checks/versions-known.ts'
import { versionsSafe } from './checks/versions-safe.ts'
import { zonesAllManaged } from './checks/zones-all-managed.ts'
import { zonesConfigured } from './checks/zones-configured.ts'
import { zonesDynamicAsRendered } from './checks/zones-dynamic-as-rendered.ts'
import { zonesLoaded } from './checks/zones-loaded.ts'
import { zonesNotFrozen } from './checks/zones-not-frozen.ts'
import { zonesTyped } from './checks/zones-typed.ts'
import { zonesUnexpired } from './checks/zones-unexpired.ts'
import { involvedManaged, isOfSilence, seenFiles } from './involved.ts'

/** Table: every check there is, in the order in which a person would ask. */
export const CHECKS: readonly Check[] = [
  fleetIsOurs,
  peersFound,
  serversAnswer,
  controlAnswers,
  returningObeys,
  filesReadable,
  filesProtected,
  noUnfinishedRun,
  oneActive,
  activeGone,
  activeUnseen,
  activeFenced,
  nobodyActive,
  handoverMakesSense,
  bystandersLeftOut,
  markerSigned,
  statesWritten,
  rolesAgree,
  rolesKept,
  configurationRunning,
  configurationInstalled,
  configurationLoads,
  formatsAlike,
  sameZones,
  zonesConfigured,
  zonesAllManaged,
  zonesLoaded,
  zonesUnexpired,
  copiesLeft,
  zonesTyped,
  statisticsSeen,
  zonesDynamicAsRendered,
  zonesNotFrozen,
  serialsOrdered,
  catchUpNear,
  secondariesNear,
  secondariesFollow,
  diskReadable,
  diskCurrent,
  signingKeysEqual,
  signingKeysThere,
  keysSettled,
  transfersAllowed,
  updateKeysKnown,
  foldersWritable,
  confinementKnown,
  spaceFree,
  clocksAgree,
  versionsSafe,
  versionsKnown,
  versionsAlike,
  survivorsAnswer,
  forksFound,
]

/**
 * Asks every check that belongs to the operation; all of them, so that a person sees everything at once. Two answers leave
 * nothing else to be asked: of servers of another fleet nothing is ours to fix, and while a run holds the fleet the other
 * answers would be about its middle, which ending it leaves behind.
 */
export function runChecks(context: CheckContext): readonly CheckOutcome[] {
  return askedOf(context).map(({ name, question, weight, ask }) => ({
    name,
    question,
    weight,
    refusals: ask(context),
  }))
}

function askedOf(context: CheckContext): readonly Check[] {
  const { fleet, snapshot, subject } = context
  if (refuseForeign(fleet, involvedManaged(context), snapshot).length > 0) return [fleetIsOurs]
  const lock = lockOf(context)
  if (lock !== undefined && lock.run !== context.holding)
    return isOwnLock(context, lock) ? WHILE_ENDING : [noUnfinishedRun]
  if (subject.operation === 'failover' && subject.interrupted !== undefined) return WHILE_ENDING
  return CHECKS.filter(({ operations }) => operations.includes(subject.operation))
}

/** Table: what is asked where a failover ends another run: all else is as that run left it, and is made anew. */
const WHILE_ENDING: readonly Check[] = [
  serversAnswer,
  noUnfinishedRun,
  activeGone,
  activeUnseen,
  activeFenced,
  nobodyActive,
]

function lockOf(context: CheckContext): SeenLock | undefined {
  const locks = involvedManaged(context).flatMap(({ name }) => {
    const files = seenFiles(context, name)
    return files.kind === 'seen' && files.value.lock !== undefined ? [files.value.lock] : []
  })
  return locks.find(lock => !isOwnLock(context, lock)) ?? locks[0]
}

/** Whether a check has no answer, because the servers that it asks about are silent. It is no yes. */
export function isUnknown({ refusals }: CheckOutcome): boolean {
  return refusals.length > 0 && refusals.every(isOfSilence)
}

/** Why the operation may not go on: what refusing checks say, each cause once, by the check that asks of it first. */
export function stoppersOf(outcomes: readonly CheckOutcome[]): readonly Refusal[] {
  const silent = new Set(
    outcomes
      .filter(({ name }) => name === serversAnswer.name)
      .flatMap(({ refusals }) => refusals.map(({ subject }) => subject)),
  )
  const alive = outcomes.some(({ name, refusals }) => name === activeGone.name && refusals.length > 0)
  const byCause = new Map<string, Refusal>()
  for (const { name, weight, refusals } of outcomes) {
    // Of an active that answers us it is no news that it answers others.
    if (alive && name === activeUnseen.name) continue
    for (const refusal of weight === 'refuse' ? refusals : []) {
      if (silent.has(refusal.subject) && isOfSilence(refusal)) continue
      const cause = `${refusal.subject} ${refusal.because}`
      if (!byCause.has(cause)) byCause.set(cause, refusal)
    }
  }
  return [...byCause.values()]
}
