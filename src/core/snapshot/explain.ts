import type { Code } from '../base/index.ts'
import type { Fleet } from '../fleet/index.ts'
import type { Verdict } from './verdict.ts'
import { VERDICTS } from './verdicts.ts'

/** A verdict in words. A notice passes by itself; a problem wants a person. */
export type Explanation = {
  readonly code: Code
  readonly severity: 'problem' | 'notice'
  /** The server or zone set it is about. */
  readonly subject: string
  readonly because: string
  readonly remedy: string
  /** By `zoneId`; empty when it is not about zones. */
  readonly zones: readonly string[]
}

/** A zone may lag this long before lagging is a problem: NOTIFY, a refresh, a large transfer. In milliseconds. */
export const LAG_MAX_MS = 60_000

/** `lastedMs`: for how long it has been so, as far as anybody saw. */
export function explain(fleet: Fleet, verdict: Verdict, lastedMs = 0): Explanation {
  const row = rowOf(verdict)
  const isPassing = verdict.kind === 'serials-behind' && lastedMs <= LAG_MAX_MS
  return {
    code: `snapshot.${verdict.kind}`,
    severity: isPassing ? 'notice' : (row.severity ?? 'problem'),
    subject: subjectOf(verdict),
    because: isPassing ? CATCHING_UP : row.because(verdict, fleet),
    remedy: row.remedyFor?.(verdict, fleet) ?? row.remedy,
    zones: zonesOf(verdict),
  }
}

/** The same of every server, so that many of them are told in one line; how many zones there are stands in the table. */
const CATCHING_UP = 'catching up with the active; no fault unless it lasts a minute'

function zonesOf(verdict: Verdict): readonly string[] {
  if (verdict.kind === 'two-actives') return verdict.forks.map(({ zone }) => zone)
  return 'zones' in verdict ? verdict.zones : []
}

/** The server, zone set or run that a verdict is about. */
export function subjectOf(verdict: Verdict): string {
  if ('server' in verdict) return verdict.server
  if ('fleet' in verdict) return verdict.fleet
  return 'set' in verdict ? verdict.set : verdict.lock.run
}

type AnyRow = {
  readonly remedy: string
  readonly severity?: 'notice'
  readonly because: (verdict: Verdict, fleet: Fleet) => string
  readonly remedyFor?: (verdict: Verdict, fleet: Fleet) => string | undefined
}

/** The table's type says that a kind's row takes that kind's verdict; a lookup by a union cannot say it. */
function rowOf({ kind }: Verdict): AnyRow {
  return VERDICTS[kind] as unknown as AnyRow
}
