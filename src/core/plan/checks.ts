import type { Refusal } from '../base/index.ts'
import type { SeenLock } from '../snapshot/index.ts'
import type { Check, CheckContext, CheckOutcome } from './check.ts'
import { configurationInstalled } from './checks/configuration/configuration-installed.ts'
import { configurationLoads } from './checks/configuration/configuration-loads.ts'
import { configurationRunning } from './checks/configuration/configuration-running.ts'
import { versionsAlike } from './checks/configuration/versions-alike.ts'
import { versionsKnown } from './checks/configuration/versions-known.ts'
import { versionsSafe } from './checks/configuration/versions-safe.ts'
import { confinementKnown } from './checks/disks/confinement-known.ts'
import { diskCurrent } from './checks/disks/disk-current.ts'
import { diskReadable } from './checks/disks/disk-readable.ts'
import { foldersWritable } from './checks/disks/folders-writable.ts'
import { formatsAlike } from './checks/disks/formats-alike.ts'
import { spaceFree } from './checks/disks/space-free.ts'
import { activeFenced } from './checks/failover/active-fenced.ts'
import { activeGone } from './checks/failover/active-gone.ts'
import { activeUnseen } from './checks/failover/active-unseen.ts'
import { copiesLeft } from './checks/failover/copies-left.ts'
import { survivorsAnswer } from './checks/failover/survivors-answer.ts'
import { clocksAgree } from './checks/hosts/clocks-agree.ts'
import { controlAnswers } from './checks/hosts/control-answers.ts'
import { filesProtected } from './checks/hosts/files-protected.ts'
import { filesReadable } from './checks/hosts/files-readable.ts'
import { peersFound } from './checks/hosts/peers-found.ts'
import { serversAnswer } from './checks/hosts/servers-answer.ts'
import { forksFound } from './checks/rejoin/forks-found.ts'
import { returningObeys } from './checks/rejoin/returning-obeys.ts'
import { bystandersLeftOut } from './checks/roles/bystanders-left-out.ts'
import { fleetIsOurs, refuseForeign } from './checks/roles/fleet-is-ours.ts'
import { handoverMakesSense } from './checks/roles/handover-makes-sense.ts'
import { markerSigned } from './checks/roles/marker-signed.ts'
import { isOwnLock, noUnfinishedRun } from './checks/roles/no-unfinished-run.ts'
import { nobodyActive } from './checks/roles/nobody-active.ts'
import { oneActive } from './checks/roles/one-active.ts'
import { rolesAgree } from './checks/roles/roles-agree.ts'
import { rolesKept } from './checks/roles/roles-kept.ts'
import { statesWritten } from './checks/roles/states-written.ts'
import { keysSettled } from './checks/signing/keys-settled.ts'
import { signingKeysEqual } from './checks/signing/signing-keys-equal.ts'
import { signingKeysThere } from './checks/signing/signing-keys-there.ts'
import { transfersAllowed } from './checks/updates/transfers-allowed.ts'
import { updateKeysKnown } from './checks/updates/update-keys-known.ts'
import { zonesDynamicAsRendered } from './checks/updates/zones-dynamic-as-rendered.ts'
import { zonesNotFrozen } from './checks/updates/zones-not-frozen.ts'
import { catchUpNear } from './checks/zones/catch-up-near.ts'
import { sameZones } from './checks/zones/same-zones.ts'
import { secondariesFollow } from './checks/zones/secondaries-follow.ts'
import { secondariesNear } from './checks/zones/secondaries-near.ts'
import { serialsOrdered } from './checks/zones/serials-ordered.ts'
import { statisticsSeen } from './checks/zones/statistics-seen.ts'
import { zonesAllManaged } from './checks/zones/zones-all-managed.ts'
import { zonesConfigured } from './checks/zones/zones-configured.ts'
import { zonesLoaded } from './checks/zones/zones-loaded.ts'
import { zonesTyped } from './checks/zones/zones-typed.ts'
import { zonesUnexpired } from './checks/zones/zones-unexpired.ts'
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
