import { type Diagnostic, fail, ok, type Result } from '../base/index.ts'
import { type Fleet, markerOf, otherPeers, type Peer } from '../fleet/index.ts'
import { joinLines } from './conf-text.ts'
import { parseRole, parseTerm } from './marker.ts'
import type { Role, Standing } from './rendered.ts'

/** The version of the format below; a reader refuses any other. */
export const STATE_VERSION = 1

/** Far above what a fleet of hundreds of sets needs, and far below what would hurt. */
export const STATE_BYTES_MAX = 1_048_576

/** What `baton/state` says: whose server this is, and how it stood when that was last written. */
export type State = {
  readonly fleet: string
  readonly server: string
  readonly sets: ReadonlyMap<string, { readonly role: Role; readonly term: number; readonly since: string }>
}

/**
 * The text of `baton/state`: a `key=value` a line, no quotes and no escapes, so that a POSIX shell reads it with
 * `while IFS='=' read -r key value`. Names are safe identifiers, and the fleet's is the rest of its line.
 */
export function printState(fleet: Fleet, peer: Peer, standings: readonly Standing[]): string {
  const sets = standings.flatMap(standing => [
    `role.${standing.set}=${standing.role}`,
    `term.${standing.set}=${standing.term}`,
    `since.${standing.set}=${standing.since}`,
    `marker.${standing.set}=${markerOf(fleet, standing.set)}`,
    `peers.${standing.set}=${otherPeers(fleet, peer.name, standing.set)
      .map(other => other.name)
      .join(' ')}`,
  ])
  const others = fleet.servers.filter(server => server.kind === 'peer' && server.name !== peer.name)
  return joinLines([
    `version=${STATE_VERSION}`,
    `fleet=${fleet.name}`,
    `server=${peer.name}`,
    `key=${fleet.policy.transferKey}`,
    `directory=${peer.paths.directory}`,
    ...(peer.user === undefined ? [] : [`user=${peer.user}`]),
    `sets=${standings.map(standing => standing.set).join(' ')}`,
    ...sets,
    ...others.flatMap(other => [
      `address.${other.name}=${other.dns.address}`,
      `port.${other.name}=${other.dns.port}`,
    ]),
  ])
}

/** Reads `baton/state`; lines with keys it does not know are for the guard, or a later version's. */
export function parseState(text: string, file = 'baton/state'): Result<State, readonly Diagnostic[]> {
  const lines = new StateLines(text, file)
  if (text.length > STATE_BYTES_MAX) return fail([lines.wrong('version', 'is over a megabyte')])
  const version = lines.value('version')
  if (version !== String(STATE_VERSION)) return fail([lines.wrong('version', `is not ${STATE_VERSION}`)])
  const missing = ['fleet', 'server', 'sets'].find(key => lines.value(key) === undefined)
  if (missing !== undefined) return fail([lines.wrong(missing, 'is missing')])
  const problems: Diagnostic[] = []
  const sets = new Map<string, { role: Role; term: number; since: string }>()
  for (const set of (lines.value('sets') ?? '').split(' ').filter(name => name !== '')) {
    const role = parseRole(lines.value(`role.${set}`) ?? '')
    const term = parseTerm(lines.value(`term.${set}`) ?? '')
    if (role === undefined) problems.push(lines.wrong(`role.${set}`, 'is neither active nor standby'))
    else if (term === undefined) problems.push(lines.wrong(`term.${set}`, 'is no term'))
    else sets.set(set, { role, term, since: lines.value(`since.${set}`) ?? '' })
  }
  if (problems.length > 0) return fail(problems)
  return ok({ fleet: lines.value('fleet') ?? '', server: lines.value('server') ?? '', sets })
}

/** The lines by their keys, each with its place; of two with the same key the first counts, as in a shell's `case`. */
class StateLines {
  readonly #file: string
  readonly #lines = new Map<string, { value: string; line: number; offset: number; length: number }>()

  constructor(text: string, file: string) {
    this.#file = file
    let offset = 0
    for (const [index, content] of text.split('\n').entries()) {
      const equals = content.indexOf('=')
      const key = content.slice(0, Math.max(0, equals))
      if (equals > 0 && !this.#lines.has(key)) {
        const value = content.slice(equals + 1)
        this.#lines.set(key, { value, line: index + 1, offset, length: content.length })
      }
      offset += content.length + 1
    }
  }

  value(key: string): string | undefined {
    return this.#lines.get(key)?.value
  }

  wrong(key: string, because: string): Diagnostic {
    const found = this.#lines.get(key)
    return {
      kind: 'diagnostic',
      code: 'render.state-unreadable',
      severity: 'error',
      message: `"${key}" ${because}.`,
      remedy: 'Compare the file with the other peers, then push the configuration again.',
      place: {
        file: this.#file,
        line: found?.line ?? 1,
        column: 1,
        offset: found?.offset ?? 0,
        length: found?.length ?? 0,
      },
    }
  }
}
