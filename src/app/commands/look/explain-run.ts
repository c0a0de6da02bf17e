import { type Failure, listFew } from '../../../core/base/index.ts'
import type { Fleet } from '../../../core/fleet/index.ts'
import { type Explanation, explain, type Snapshot, type Verdict } from '../../../core/snapshot/index.ts'
import { type FoundRun, findUnfinishedRun, saysWhose } from '../../../io/journal/index.ts'
import { wayOfRole, wayWithoutLost } from '../failover/way-without-lost.ts'
import { doubtOfLife } from '../handover/see-alive.ts'
import { isUntouched } from '../rejoin/left-behind.ts'
import { describeRun } from '../runs/describe-unfinished.ts'
import { hindranceTo } from '../runs/unfinished.ts'
import { journalCopies } from '../session/copies.ts'
import type { Session } from '../session/session.ts'

/** In words what the lock alone cannot tell of an unfinished run: how far it came, what of updates, which ways are open. */
export async function explainRun(
  session: Session,
  verdict: Extract<Verdict, { kind: 'run-unfinished' }>,
  snapshot: Snapshot,
): Promise<Explanation> {
  const explanation = explain(session.fleet, verdict)
  const damaged = saysWhose(verdict.lock)
    ? []
    : [`the lock on ${verdict.servers.join(', ')} cannot be read: which run took it is not known`]
  const found = await findUnfinishedRun(journalCopies(session, []))
  if (!found.ok) {
    const { because, remedy } = found.error
    return { ...explanation, because: [damaged[0] ?? explanation.because, because].join('; '), remedy }
  }
  if (found.value === undefined) return explanation
  if (!saysWhose(found.value.lock)) return { ...explanation, because: ofNobody(damaged), remedy: RELEASE }
  if (damaged.length > 0 && found.value.plan !== undefined) damaged.push(`it is of ${headOf(found.value)}`)
  if (damaged.length === 0 && found.value.lock.run !== verdict.lock.run) return explanation
  const hindrance = await hindranceTo(session, found.value, { way: 'over', life: 'glanced-at' })
  const alive = hindrance?.code === 'engine.run-alive' ? hindrance.because : undefined
  const doubt = await doubtOfLife(journalCopies(session, []), found.value)
  const because = [
    ...(damaged.length > 0 ? damaged : [explanation.because]),
    ...progressInWords(found.value, { alive, snapshot }),
    ...unreadInWords(found.value),
    ...(doubt === undefined ? [] : [doubt]),
  ].join('; ')
  return { ...explanation, because, remedy: remedyFor(session.fleet, found.value, { alive, snapshot }) }
}

const RELEASE = '`baton rollback` gives the locks back.'

function ofNobody(damaged: readonly string[]): string {
  return [...damaged, 'every run on record is over, so it is what one of them left'].join('; ')
}

function headOf({ lock }: FoundRun): string {
  return `${lock.operation} ${lock.run} by ${lock.holder}`
}

/** Other copies had what these lack; whoever ends the run learns of them before they are needed. */
function unreadInWords({ unread }: FoundRun): readonly string[] {
  return unread.length === 0
    ? []
    : [
        listFew(
          unread.map(({ because }) => because),
          { max: 2, separator: '; ' },
        ),
      ]
}

type Seen = { readonly alive: string | undefined; readonly snapshot: Snapshot }

function progressInWords(found: FoundRun, { alive, snapshot }: Seen): readonly string[] {
  const run = describeRun(found)
  if (found.plan === undefined) return ['it had not done anything yet']
  if (found.progress?.ended !== undefined) return ['it has ended, and only its locks are left']
  const back = run.direction === 'back'
  const at = back
    ? run.steps.findLastIndex(({ progress }) => progress === 'begun' || progress === 'done')
    : run.steps.findIndex(({ progress }) => progress === 'untouched' || progress === 'begun')
  const step = run.steps[at]
  const place =
    step === undefined ? 'all its steps are done' : `step ${at + 1} of ${run.steps.length}: ${step.step}`
  const way = back ? 'going back, it was at ' : 'it was at '
  const writes = run.writesStopped === null ? [] : [writesInWords(found, run.writesStopped, snapshot)]
  const left = leftActive(found)
  const files = left === undefined ? [] : [left.because]
  return [
    `${step === undefined ? '' : way}${place}`,
    ...files,
    ...writes,
    ...(alive === undefined ? [] : [alive]),
  ]
}

/** A promotion that was cut off may have come to its end on the server all the same: its marker tells. */
function writesInWords({ plan, progress }: FoundRun, since: string, { servers }: Snapshot): string {
  const opening = plan?.steps.find(
    (step, index) => step.kind === 'promote' && progress?.steps[index] === 'begun',
  )
  const marker =
    opening?.kind === 'promote' ? servers.get(opening.server)?.markers.get(opening.set) : undefined
  return opening?.kind !== 'promote' || (marker?.ok === true && marker.value.role === 'standby')
    ? `updates are refused since ${since}`
    : `updates were refused from ${since}, and ${opening.server} may take them by now`
}

/** A run that waits for a person must not tell that person to wait. */
function personAwaited({ plan, progress }: FoundRun): string | undefined {
  const step = plan?.steps.find((_, index) => progress?.steps[index] === 'begun')
  return step?.kind === 'return'
    ? `It waits for named on ${step.server}: start it there now if it does not run, its files make it a standby.`
    : undefined
}

/** A person has to act at once, and finds here what the way back said when it stopped. */
function leftActive({ entries }: FoundRun): Failure | undefined {
  const last = entries.findLast(entry => entry.kind === 'failed')
  return last?.kind === 'failed' && last.failure.code === 'engine.left-active' ? last.failure : undefined
}

function remedyFor(fleet: Fleet, found: FoundRun, { alive, snapshot }: Seen): string {
  const { returnable, direction, steps } = describeRun(found)
  if (alive !== undefined) {
    const next = personAwaited(found) ?? 'Wait for it.'
    return `${next} Once it is known to be gone: \`baton resume --take-over\`.`
  }
  const left = leftActive(found)
  if (direction === 'back' && left !== undefined) return left.remedy
  const without = steps.length === 0 ? undefined : wayWithoutLost(fleet, found, snapshot)
  if (without !== undefined) return without
  if (steps.length === 0 || isUntouched(found)) return RELEASE
  if (direction === 'back') return '`baton resume` takes it back to where it began.'
  const ways = returnable
    ? '`baton resume` takes it to its end, `baton rollback` back to where it began.'
    : '`baton resume` takes it to its end. It cannot be taken back any more.'
  const { operation, handover } = found.plan ?? {}
  if (operation !== 'switchover' || handover === undefined) return ways
  const { from, to } = handover
  return `${ways} If ${from} is lost for good, ${wayOfRole(found, [from])} If ${to} is, ${wayOfRole(found, [to])}`
}
