import { fuzzDns } from './dns.ts'
import { fuzzNamedconf } from './namedconf.ts'
import type { FuzzReport } from './report.ts'
import { fuzzRndc, fuzzStatistics } from './rndc.ts'

/** Makes `count` inputs from `seed`, always the same ones, and tries them. */
export type Fuzz = (seed: number, count: number) => FuzzReport

/** Whatever reads bytes or text that someone else wrote. */
export const FUZZ_TARGETS: Readonly<Record<string, Fuzz>> = {
  namedconf: fuzzNamedconf,
  dns: fuzzDns,
  rndc: fuzzRndc,
  statistics: fuzzStatistics,
}
