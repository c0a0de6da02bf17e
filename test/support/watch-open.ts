import { setTimeout as pause } from 'node:timers/promises'
import { type Lab, type LabServer, labZones, readLabKey } from '../../src/app/lab/index.ts'
import type { DomainName } from '../../src/core/base/index.ts'
import { openControl, zoneStatuses } from '../../src/io/net/index.ts'

/**
 * named keeps every command for 15 minutes and walks through all of them at each one: asked for 16 zones each 20 ms, it did little
 * else after ten minutes.
 */
const INTERVAL_MS = 50
const QUESTION_DEADLINE_MS = 30_000
/** Zones asked of each peer in each round, spread over all of them. */
const ZONES_MAX = 4

/** What one peer said in one round: which zones it would take updates for. */
type Observation = { readonly began: number; readonly ended: number; readonly open: ReadonlySet<string> }

/** One zone that two peers were open for at the same time, in words. */
export type Overlap = string

/** Asks every peer all the time, over a control channel of its own, for type and frozen state of its zones. */
export interface OpenWatch {
  /** What was seen, and every zone that two servers would have taken updates for at once. */
  stop(): Promise<{ readonly rounds: number; readonly overlaps: readonly Overlap[] }>
}

export function watchOpen(lab: Lab): OpenWatch {
  const stopping = new AbortController()
  const dynamic = labZones(lab.plan).flatMap(({ name, updates }) => (updates === 'none' ? [] : [name]))
  const stride = Math.max(1, Math.ceil(dynamic.length / ZONES_MAX))
  const zones = dynamic.filter((_, index) => index % stride === 0)
  const peers = lab.servers.filter(({ kind }) => kind === 'peer')
  const watches = peers.map(async peer => ({
    server: peer.name,
    seen: await watchPeer(lab, peer, { zones, signal: stopping.signal }),
  }))
  return {
    async stop() {
      stopping.abort()
      const all = await Promise.all(watches)
      const overlaps = all.flatMap(one => all.flatMap(other => findOverlaps(one, other)))
      return { rounds: Math.min(...all.map(({ seen }) => seen.length)), overlaps }
    },
  }
}

type Watching = { readonly zones: readonly DomainName[]; readonly signal: AbortSignal }

/** A peer that does not answer takes no updates as far as can be seen: that round is open for nothing. */
async function watchPeer(lab: Lab, peer: LabServer, watching: Watching): Promise<readonly Observation[]> {
  const key = readLabKey(lab.folder, 'rndc')
  if (!key.ok) throw new Error(key.error.because)
  const clock = { now: () => Date.now(), elapsed: () => performance.now() }
  const target = { server: peer.name, endpoint: peer.control, key: key.value }
  const references = watching.zones.map(name => ({ name }))
  const seen: Observation[] = []
  let control = await openControl(target, { clock, deadlineMs: QUESTION_DEADLINE_MS })
  while (!watching.signal.aborted) {
    if (!control.ok) control = await openControl(target, { clock, deadlineMs: QUESTION_DEADLINE_MS })
    const began = performance.now()
    const answers = control.ok ? await zoneStatuses(control.value, references) : control
    const open = new Set(
      (answers.ok ? answers.value : []).flatMap(({ zone, status }) =>
        status.ok && status.value.type === 'primary' && status.value.dynamic && !status.value.frozen
          ? [zone.name]
          : [],
      ),
    )
    seen.push({ began, ended: performance.now(), open })
    await pause(INTERVAL_MS)
  }
  if (control.ok) control.value.end()
  return seen
}

type Watched = { readonly server: string; readonly seen: readonly Observation[] }

/** A zone open here in two rounds with nothing between, and there in a round that lies between the two. */
function findOverlaps(here: Watched, there: Watched): readonly Overlap[] {
  if (here.server === there.server) return []
  return here.seen.slice(1).flatMap((after, index) => {
    const before = here.seen[index]
    if (before === undefined) return []
    const between = there.seen.filter(({ began, ended }) => began >= before.ended && ended <= after.began)
    return between.flatMap(({ open }) =>
      [...open]
        .filter(zone => before.open.has(zone) && after.open.has(zone))
        .map(zone => `${zone} was open on ${here.server} and on ${there.server}`),
    )
  })
}
