import type { OnZones, VERDICTS } from './verdicts.ts'

export type VerdictKind = keyof typeof VERDICTS

/** A verdict of one kind. */
export type VerdictOf<Kind extends VerdictKind> = {
  readonly [Each in Kind]: { readonly kind: Each } & Parameters<(typeof VERDICTS)[Each]['because']>[0]
}[Kind]

/** One fact that follows from a snapshot. `explain` gives it a code, words and a remedy. */
export type Verdict = VerdictOf<VerdictKind>

/** What is wrong with some zones of one server. */
export type ZoneVerdict = { readonly kind: ZoneVerdictKind } & OnZones

export type ZoneVerdictKind =
  | 'zones-missing'
  | 'zones-unloaded'
  | 'zones-expired'
  | 'zones-mistyped'
  | 'zones-frozen'
  | 'serials-went-back'
  | 'serials-behind'
  | 'serials-ahead'
  | 'serials-incomparable'
