import { type Failure, failure, type SharedKey } from '../../core/base/index.ts'
import { type JudgedOrphan, orphanUpdate } from '../../core/rescue/index.ts'
import { type DnsClient, sendUpdate } from '../net/index.ts'
import { linkOf } from '../observe/index.ts'
import type { RescueWorld } from './find-orphans.ts'
import type { JudgedZone } from './judge-zone.ts'

/**
 * What became of an orphan: it was done; it had been there before; it was not sent, because of a conflict or because it is not
 * known how it stands; a set had changed since it was looked at; or the server would not, and nothing after it was sent.
 */
export type ReplayOutcome =
  | { readonly kind: 'applied' }
  | { readonly kind: 'already-there' }
  | { readonly kind: 'conflict' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'changed-meanwhile' }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'not-tried' }

const UPDATE_DEADLINE_MS = 30_000

export type Replay = {
  readonly zone: JudgedZone
  /** Tried in this order, until one may update the zone. */
  readonly keys: readonly SharedKey[]
  /** Told of each as it is done, so that it is on disk before the next. */
  readonly onOutcome: (judged: JudgedOrphan, outcome: ReplayOutcome) => Promise<void>
}

/** Sends the orphans that apply to the active, in order, each behind its prerequisites; nothing is forced. */
export async function replayZone({ links }: RescueWorld, replay: Replay): Promise<void> {
  const { zone, keys, onOutcome } = replay
  const { dns } = linkOf(links, zone.active)
  let isStopped = false
  for (const judged of zone.judged) {
    const outcome: ReplayOutcome =
      judged.verdict !== 'applies'
        ? { kind: judged.verdict }
        : isStopped
          ? { kind: 'not-tried' }
          : await send(dns, judged, { zone, keys })
    isStopped ||= outcome.kind === 'failed'
    await onOutcome(judged, outcome)
  }
}

async function send(
  dns: DnsClient,
  { sets }: JudgedOrphan,
  { zone, keys }: Pick<Replay, 'zone' | 'keys'>,
): Promise<ReplayOutcome> {
  const update = orphanUpdate(zone.rescued.zone.name, sets)
  let refused = 'no key was tried'
  for (const key of keys) {
    const sent = await sendUpdate(dns, update, { key, deadlineMs: UPDATE_DEADLINE_MS })
    if (!sent.ok) return { kind: 'failed', failure: sent.error }
    const { rcode } = sent.value
    if (rcode === 'NOERROR') return { kind: 'applied' }
    if (CHANGED.includes(rcode)) return { kind: 'changed-meanwhile' }
    refused = `${zone.active} answered ${rcode} to the key ${key.name}`
    if (rcode !== 'REFUSED' && rcode !== 'NOTAUTH') break
  }
  return { kind: 'failed', failure: updateRefused(zone, refused) }
}

/** A prerequisite did not hold (RFC 2136 section 3.2). */
const CHANGED: readonly string[] = ['NXRRSET', 'YXRRSET', 'NXDOMAIN', 'YXDOMAIN']

function updateRefused({ rescued, active }: JudgedZone, because: string): Failure {
  return failure({
    code: 'rescue.update-refused',
    subject: rescued.id,
    because,
    remedy: `See its update-policy or allow-update on ${active}, and name another key with --key.`,
  })
}
