import { existsSync, readFileSync } from 'node:fs'
import { type Lab, labServerPaths } from '../../src/app/lab/index.ts'
import type { Instant } from '../../src/core/base/index.ts'

/** An update that a server wrote into a zone of its own, by its own log. Forwarding one is not applying it. */
export type AppliedUpdate = { readonly server: string; readonly at: Instant; readonly zone: string }

/** A stretch of time in which one server applied updates and no other did. */
export type Turn = {
  readonly server: string
  readonly first: Instant
  readonly last: Instant
  readonly updates: number
}

const APPLIED = /^(\S+Z) update: info: .* updating zone '([^'/]+)\/IN[^']*': adding an RR/

/** What the logs of the peers say of the time since then, in order. */
export function appliedSince(lab: Lab, since: Instant): readonly AppliedUpdate[] {
  return lab.servers
    .filter(({ kind }) => kind === 'peer')
    .flatMap(({ name }) => appliedAt(lab, name).filter(({ at }) => at >= since))
    .sort((left, right) => left.at - right.at)
}

/** The turns that the peers took. One handover makes two; two writers at a time would make many. */
export function turnsOf(applied: readonly AppliedUpdate[]): readonly Turn[] {
  const turns: Turn[] = []
  for (const { server, at } of applied) {
    const turn = turns.at(-1)
    if (turn?.server === server) turns[turns.length - 1] = { ...turn, last: at, updates: turn.updates + 1 }
    else turns.push({ server, first: at, last: at, updates: 1 })
  }
  return turns
}

/** The log before the current one too: a long run fills more than one. */
function appliedAt(lab: Lab, server: string): readonly AppliedUpdate[] {
  const { log } = labServerPaths(lab.folder, server)
  return [`${log}.0`, log]
    .filter(path => existsSync(path))
    .flatMap(path => readFileSync(path, 'utf8').split('\n'))
    .flatMap(line => {
      const [, time, zone] = APPLIED.exec(line) ?? []
      return time === undefined || zone === undefined ? [] : [{ server, at: Date.parse(time), zone }]
    })
}
