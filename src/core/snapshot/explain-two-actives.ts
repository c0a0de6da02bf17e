import { countOf, listFew } from '../base/index.ts'
import { type Fleet, rndcCommand } from '../fleet/index.ts'
import type { SeenMarker } from './snapshot.ts'

export type ForkSeen = { readonly zone: string; readonly serials: readonly string[] }

export type TwoActives = {
  readonly set: string
  /** Whether a run holds the fleet, in the middle of which that is so for a moment, with the old one frozen. */
  readonly inRun: boolean
  readonly actives: readonly SeenMarker[]
  /** Zones that have other serials on them, with each one's serial in words. */
  readonly forks: readonly ForkSeen[]
  /** Those whose own state file says active in the term that they name: nobody switched them by hand. */
  readonly recorded: readonly string[]
}

/** A verdict is one line on a screen of them. */
const FEW = { max: 3 }

/** Until a person has decided, no more updates than must be are taken by the one that was deposed. */
export function remedyForTwo(fleet: Fleet, { actives, recorded, inRun }: TwoActives): string {
  if (inRun)
    return 'In the middle of a switchover that is so, with one of them frozen: end the run, and look again.'
  const [newest, ...others] = [...actives].sort((left, right) => right.term - left.term)
  const names = others.map(({ server }) => server)
  const keep = (server: string | undefined) => `\`baton resolve --keep ${server}\``
  if (newest !== undefined && others.every(({ term }) => term === newest.term) && recorded.length === 1) {
    const switched = actives.map(({ server }) => server).filter(server => server !== recorded[0])
    const frozen = switched.map(name => `\`${rndcCommand(fleet, name, 'freeze')}\``)
    const hand =
      switched.length === 1
        ? `${switched[0]} was switched by hand: its \`baton/state\` does`
        : `${switched.join(', ')} were switched by hand: their \`baton/state\` do`
    return `${hand} not say active in term ${newest.term}, and that of ${recorded[0]} does. ${keep(recorded[0])} ${deposedInWords(switched)} If that has to wait: ${frozen.join(' and ')}.`
  }
  if (newest === undefined || others.some(({ term }) => term === newest.term))
    return `Their terms do not say which one is right: the one whose \`baton/state\` says active, because the other was switched by hand. ${actives.map(({ server }) => keep(server)).join(' or ')} saves what the other one alone has, and makes it a standby.`
  const freezes = names.map(name => `\`${rndcCommand(fleet, name, 'freeze')}\``)
  return `${newest.server} has the highest term and is right. ${keep(newest.server)} ${deposedInWords(names)} If that has to wait: ${freezes.join(' and ')}.`
}

/** A run deposes one. */
function deposedInWords(names: readonly string[]): string {
  return names.length === 1
    ? `saves what ${names[0]} alone has, and makes it a standby.`
    : `saves what one of ${names.join(', ')} alone has, and makes it a standby: once for each of them.`
}

/** Serials differ where zones forked, or where one's were only raised; equal ones prove nothing: each may have given the same one to another update. */
export function forksInWords(forks: readonly ForkSeen[]): string {
  if (forks.length === 0) return 'their serials are equal, but their content may still differ'
  const named = forks.map(({ zone, serials }) => `${zone} (${serials.join(', ')})`)
  return `the serials of ${countOf(forks.length, 'zone')} differ, ${listFew(named, FEW)}`
}
