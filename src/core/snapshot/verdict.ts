import type { OnZones, VERDICTS } from './verdicts.ts'

type VerdictKind = keyof typeof VERDICTS

type Fields<Kind extends VerdictKind> = Parameters<(typeof VERDICTS)[Kind]['because']>[0]

/** One fact that follows from a snapshot. `explain` gives it a code, words and a remedy. */
export type Verdict = {
  readonly [Kind in VerdictKind]: { readonly kind: Kind } & Fields<Kind>
}[VerdictKind]

/** The kinds that say something of zones of one server, and nothing else. */
export type ZoneVerdictKind = {
  readonly [Kind in VerdictKind]: OnZones extends Fields<Kind>
    ? Fields<Kind> extends OnZones
      ? Kind
      : never
    : never
}[VerdictKind]

/** What is wrong with some zones of one server. */
export type ZoneVerdict = { readonly kind: ZoneVerdictKind } & OnZones
