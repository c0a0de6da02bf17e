import { type Fleet, peersOf } from '../../../core/fleet/index.ts'
import { leftOutOf, type Plan } from '../../../core/plan/index.ts'
import type { Snapshot } from '../../../core/snapshot/index.ts'
import type { FoundRun } from '../../../io/journal/index.ts'
import { endsWithout, isBeforeOpening, isUntouched } from '../rejoin/left-behind.ts'

/** The way that is open while servers of an unfinished run are silent, in words; nothing where there is none of its own. */
export function wayWithoutLost(fleet: Fleet, found: FoundRun, { servers }: Snapshot): string | undefined {
  const { lock, plan, progress } = found
  if (plan === undefined || progress?.ended !== undefined) return undefined
  const isSilent = (name: string) => servers.get(name)?.zones.ok === false
  const peers = fleet.servers.flatMap(({ kind, name }) => (kind === 'peer' ? [name] : []))
  if (peers.every(isSilent)) return startFirst(peers)
  if (isUntouched(found)) return giveBackWithout(namesIn(fleet, plan).filter(isSilent))
  const { handover } = plan
  if (handover === undefined || endsWithout({ lock, plan })) {
    const lost = namesIn(fleet, plan).filter(
      name => isSilent(name) && (handover === undefined || peers.includes(name)),
    )
    return lost.length === 0 ? undefined : without(lost)
  }
  const { set, from } = handover
  const lost = peersOf(fleet, set).flatMap(({ name }) => {
    const isGone = handover.without.includes(name) || (plan.operation === 'failover' && name === from)
    return isSilent(name) && !isGone ? [name] : []
  })
  return lost.length === 0 ? undefined : `${onceBack(lost)} ${wayOfRole(found, lost)}`
}

/** Whoever accepted the last update has all of them. */
function startFirst(peers: readonly string[]): string {
  return `No peer answers: start named on one of ${peers.join(', ')}, best on the one that was active last. Then \`baton status\` names the way on.`
}

/** Nothing was begun, so nobody is needed. */
function giveBackWithout(lost: readonly string[]): string | undefined {
  return lost.length === 0
    ? undefined
    : `\`baton rollback --without ${lost.join(' ')}\` gives the locks back.`
}

function without(lost: readonly string[]): string {
  return `${onceBack(lost)} \`baton rollback --without ${lost.join(' ')}\` ends the run; \`baton failover\` does so too, where the active is lost.`
}

function onceBack(lost: readonly string[]): string {
  return `Once ${lost.join(', ')} is back, \`baton resume\`. If it is lost,`
}

/** Table: who of those between whom the role passes is lost, and how far it came. */
export function wayOfRole(found: FoundRun, lost: readonly string[]): string {
  const { plan } = found
  const { from, to } = plan?.handover ?? {}
  const fences = lost.map(name => ` --fenced ${name}="how it is kept from writing"`).join('')
  const byFailover = `\`baton failover${fences}\` ends the run.`
  const isFailover = plan?.operation === 'failover'
  const isLost = (name: string | undefined) => name !== undefined && lost.includes(name)
  if (isLost(from) && !isFailover) return byFailover
  if (!isLost(to)) return `\`baton resume${fences}\`.`
  if (!isBeforeOpening(found)) return byFailover
  const back = `\`baton rollback\` takes it back, \`baton rollback --without ${lost.join(' ')}\` where no file can be read there. ${to} must not come back as the active by itself: its guard asks the others.`
  return isFailover ? `${byFailover} Where ${from} is back, ${back}` : back
}

/** Servers that the run needs: to do or undo something there, or for their part of its record. */
function namesIn(fleet: Fleet, plan: Plan): readonly string[] {
  const named = plan.steps.flatMap(step => ('server' in step ? [step.server] : step.servers))
  const peers = fleet.servers.flatMap(({ kind, name }) => (kind === 'peer' ? [name] : []))
  const leftOut = leftOutOf(plan)
  return [...new Set([...named, ...peers])].filter(name => !leftOut.includes(name))
}
