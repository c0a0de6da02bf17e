import type { DomainName } from '../base/index.ts'
import type { ZoneType } from '../snapshot/index.ts'
import type { Difference } from './difference.ts'

/** What makes a copy equal again. */
export type Heal = {
  /** To be given on the server itself; nothing where no command helps, or where one would do harm. */
  readonly command: string | undefined
  /** A sentence or two, with the command in it. */
  readonly remedy: string
}

/** A copy that is not equal, and what its server has to do with it. */
export type UnequalCopy = {
  readonly difference: Difference
  readonly server: string
  readonly active: string
  readonly zone: { readonly name: DomainName; readonly view: string }
  readonly type: ZoneType
  /** Servers that it may transfer the zone from, and that are not known to have the active's content themselves. */
  readonly doubtfulSources: readonly string[]
}

/**
 * How to heal a copy. `rndc retransfer` takes the zone whole and whatever its serial is, so that it helps where IXFR and
 * `rndc refresh` would leave a fork in place (BIND manual, "rndc").
 */
export function healOf(copy: UnequalCopy): Heal {
  const { difference, server, active, type } = copy
  if (difference.kind === 'content-unknown')
    return { command: undefined, remedy: 'Mend what keeps it from answering, and verify again.' }
  if (type === 'primary')
    return {
      command: undefined,
      remedy: `${server} serves the zone as primary and takes it from nobody: see \`baton status\`, make it standby first.`,
    }
  const command = retransfer(copy)
  const order = `\`${command}\` on ${server}${afterSources(copy)}`
  if (difference.kind !== 'content-ahead') return { command, remedy: `${order}.` }
  return {
    command,
    remedy: `What is marked + exists on ${server} alone, and a transfer throws it away: add what is to be kept to ${active} with nsupdate. Then ${order}.`,
  }
}

function retransfer({ zone: { name, view } }: UnequalCopy): string {
  return view === '_default' ? `rndc retransfer ${name}` : `rndc retransfer ${name} IN ${view}`
}

/** A server asks its primaries in their order, and the first to answer may be one that has to be healed itself. */
function afterSources({ doubtfulSources, server }: UnequalCopy): string {
  const sources = doubtfulSources.filter(source => source !== server)
  return sources.length === 0 ? '' : `, after ${sources.join(' and ')}, from which it may transfer`
}
