import type { Check, CheckContext, CheckOutcome } from './check.ts'
import { catchUpNear } from './checks/catch-up-near.ts'
import { clocksAgree } from './checks/clocks-agree.ts'
import { configurationInstalled } from './checks/configuration-installed.ts'
import { configurationLoads } from './checks/configuration-loads.ts'
import { configurationRunning } from './checks/configuration-running.ts'
import { controlAnswers } from './checks/control-answers.ts'
import { diskReadable } from './checks/disk-readable.ts'
import { filesReadable } from './checks/files-readable.ts'
import { fleetIsOurs } from './checks/fleet-is-ours.ts'
import { foldersWritable } from './checks/folders-writable.ts'
import { formatsAlike } from './checks/formats-alike.ts'
import { handoverMakesSense } from './checks/handover-makes-sense.ts'
import { markerSigned } from './checks/marker-signed.ts'
import { noUnfinishedRun } from './checks/no-unfinished-run.ts'
import { oneActive } from './checks/one-active.ts'
import { rolesAgree } from './checks/roles-agree.ts'
import { sameZones } from './checks/same-zones.ts'
import { serialsOrdered } from './checks/serials-ordered.ts'
import { serversAnswer } from './checks/servers-answer.ts'
import { signingKeysEqual } from './checks/signing-keys-equal.ts'
import { spaceFree } from './checks/space-free.ts'
import { statesWritten } from './checks/states-written.ts'
import { transfersAllowed } from './checks/transfers-allowed.ts'
import { updateKeysKnown } from './checks/update-keys-known.ts'
import { versionsAlike } from './checks/versions-alike.ts'
import { versionsSafe } from './checks/versions-safe.ts'
import { zonesConfigured } from './checks/zones-configured.ts'
import { zonesDynamicAsRendered } from './checks/zones-dynamic-as-rendered.ts'
import { zonesLoaded } from './checks/zones-loaded.ts'
import { zonesNotFrozen } from './checks/zones-not-frozen.ts'
import { zonesUnexpired } from './checks/zones-unexpired.ts'

/** Table: every check there is, in the order in which a person would ask. */
export const CHECKS: readonly Check[] = [
  fleetIsOurs,
  serversAnswer,
  controlAnswers,
  filesReadable,
  noUnfinishedRun,
  oneActive,
  handoverMakesSense,
  markerSigned,
  statesWritten,
  rolesAgree,
  configurationRunning,
  configurationInstalled,
  configurationLoads,
  formatsAlike,
  sameZones,
  zonesConfigured,
  zonesLoaded,
  zonesUnexpired,
  zonesDynamicAsRendered,
  zonesNotFrozen,
  serialsOrdered,
  catchUpNear,
  diskReadable,
  signingKeysEqual,
  transfersAllowed,
  updateKeysKnown,
  foldersWritable,
  spaceFree,
  clocksAgree,
  versionsSafe,
  versionsAlike,
]

/** Asks every check that belongs to the operation; all of them, so that a person sees everything at once. */
export function runChecks(context: CheckContext): readonly CheckOutcome[] {
  return CHECKS.filter(({ operations }) => operations.includes(context.subject.operation)).map(
    ({ name, question, weight, ask }) => ({ name, question, weight, refusals: ask(context) }),
  )
}
