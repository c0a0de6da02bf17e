/** One line of the benchmark table: what was measured, against what it has to reach in the same run. */
export type BenchRow = {
  /** What was measured, in a few words. */
  readonly what: string
  /** The figure itself with its unit, and what it is compared with. */
  readonly figure: string
  /** The figure over what it is compared with; nothing where there is nothing to compare it with. */
  readonly ratio: number | undefined
  /** What the ratio should be, in words: `at least 2.5`, `at most 1.1`. */
  readonly target: string
  readonly met: boolean
}
