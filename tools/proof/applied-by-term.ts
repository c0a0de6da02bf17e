import { existsSync, readFileSync } from 'node:fs'
import { type Lab, labServerPaths } from '../../src/app/lab/index.ts'

/** An update of a writer that a peer put into a zone of its own, by named's own log. */
export type Applied = {
  readonly server: string
  /** In which the server believed itself then: the serial of the marker zone that it had loaded. */
  readonly term: number
  readonly value: string
  readonly at: string
}

const LOADING = /: loading configuration from /
const MARKER = /zone standby-mode\/IN: loaded serial (\d+)/
const APPLIED = /^(\S+Z) update: info: .* updating zone '[^']+': adding an RR at 'w-[^']+' TXT "([^"]+)"/

/** What the logs of all peers say, each in its own order. */
export function appliedByTerm(lab: Lab): readonly Applied[] {
  return lab.servers
    .filter(({ kind }) => kind === 'peer')
    .flatMap(({ name }) => readApplied(name, readLog(lab, name)))
}

/** The log before the current one too: a long run fills more than one. */
function readLog(lab: Lab, server: string): readonly string[] {
  const { log } = labServerPaths(lab.folder, server)
  return [`${log}.0`, log]
    .filter(path => existsSync(path))
    .flatMap(path => readFileSync(path, 'utf8').split('\n'))
}

/**
 * A configuration counts from its first line on, though named says which term it brought only once it has loaded the marker:
 * until then, updates wait for the term that comes.
 */
export function readApplied(server: string, log: readonly string[]): readonly Applied[] {
  const applied: Applied[] = []
  let term = 0
  let isSettled = true
  let unsettled: Omit<Applied, 'term'>[] = []
  const settle = () => {
    for (const update of unsettled) applied.push({ ...update, term })
    unsettled = []
  }
  for (const line of log) {
    if (LOADING.test(line)) {
      // A configuration before this one that did not touch the marker left the term as it was.
      settle()
      isSettled = false
    }
    const [, serial] = MARKER.exec(line) ?? []
    if (serial !== undefined) {
      term = Number(serial)
      settle()
      isSettled = true
    }
    const [, at, value] = APPLIED.exec(line) ?? []
    if (at !== undefined && value !== undefined) unsettled.push({ server, value, at })
    if (isSettled) settle()
  }
  settle()
  return applied
}

/** Of each term in which more than one server applied updates, who did, in words. */
export function sharedTerms(applied: readonly Applied[]): readonly string[] {
  const servers = new Map<number, Map<string, Applied[]>>()
  for (const update of applied) {
    const own = servers.get(update.term) ?? new Map<string, Applied[]>()
    own.set(update.server, [...(own.get(update.server) ?? []), update])
    servers.set(update.term, own)
  }
  return [...servers].flatMap(([term, own]) => {
    if (own.size < 2) return []
    const told = [...own].map(
      ([server, updates]) =>
        `${server} ×${updates.length}, first ${updates[0]?.at}, last ${updates.at(-1)?.at}`,
    )
    return [`in term ${term} updates were applied by ${told.join(', and by ')}`]
  })
}
