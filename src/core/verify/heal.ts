import type { ZoneType } from '../snapshot/index.ts'
import type { Difference } from './difference.ts'

/** What makes a copy equal again. */
export type Heal = {
  /** Nothing where no command helps, or where one would do harm. */
  readonly command: string | undefined
  /** A sentence or two, with the command in it. */
  readonly remedy: string
}

/** A copy that is not equal, and what its server has to do with it. */
export type UnequalCopy = {
  readonly difference: Difference
  readonly server: string
  readonly active: string
  /** The command that takes the zone anew, as a person can type it. */
  readonly retransfer: string
  readonly type: ZoneType
  /** Servers that it may transfer the zone from, and that are not known to have the active's content themselves. */
  readonly doubtfulSources: readonly string[]
  /** Whether it has records that the active has not; `unknown` where nobody compared them. */
  readonly extra: 'none' | 'some' | 'unknown'
}

/**
 * How to heal a copy. `rndc retransfer` takes the zone whole and whatever its serial is, so that it helps where IXFR and
 * `rndc refresh` would leave a fork in place (BIND manual, "rndc").
 */
export function healOf(copy: UnequalCopy): Heal {
  const { difference, server, type } = copy
  if (difference.kind === 'content-unknown')
    return { command: undefined, remedy: 'Fix what keeps it from answering, and verify again.' }
  if (type === 'primary')
    return {
      command: undefined,
      remedy: `${server} serves the zone as primary and takes it from nobody: see \`baton status\`, make it standby first.`,
    }
  const command = copy.retransfer
  const order = `\`${command}\`${afterSources(copy)}`
  const first = beforehand(copy)
  return { command, remedy: first === undefined ? `${order}.` : `${first} Then ${order}.` }
}

/**
 * What has to be done before a transfer throws away what the active does not have: it may be the active that lost it. Of a
 * copy that is behind, that is what the active has removed since.
 */
function beforehand({ difference, active, extra }: UnequalCopy): string | undefined {
  if (difference.kind === 'content-behind' || extra === 'none') return undefined
  const toKeep = `add what is to be kept to ${active} with nsupdate.`
  return extra === 'some'
    ? `What is marked + is not on ${active}, and a transfer throws it away: ${toKeep}`
    : `What it has and ${active} has not, a transfer throws away: compare with \`dig axfr\` from both, and ${toKeep}`
}

/** A server asks its primaries in their order, and the first to answer may be one that has to be healed itself. */
function afterSources({ doubtfulSources, server }: UnequalCopy): string {
  const sources = doubtfulSources.filter(source => source !== server)
  return sources.length === 0 ? '' : `, after ${sources.join(' and ')}, from which it may transfer`
}
