import type { Evidence } from '../../test/support/traffic.ts'

/** What a handover may look like from outside. */
export type Bounds = {
  /** One handover makes two turns of writing at most; one that carries updates home makes three. */
  readonly turnsMax: number
}

/** What the evidence says against "never two writers, no query unanswered", in words. */
export function judgeEvidence({ turns, watched, asked }: Evidence, { turnsMax }: Bounds): readonly string[] {
  const told = turns.map(({ server, updates }) => `${server} ×${updates}`).join(', ')
  return [
    ...(turns.length > turnsMax ? [`writes went to and fro: ${told}`] : []),
    ...turns.flatMap(({ server, first }, index) => {
      const before = turns[index - 1]
      if (before === undefined || before.last < first) return []
      return [`${server} applied an update in the same millisecond as ${before.server}`]
    }),
    ...watched.overlaps,
    ...(asked.unanswered + asked.wrong > 0
      ? [
          `${asked.unanswered} queries unanswered, ${asked.wrong} answered wrongly: ${asked.mishaps.join('; ')}`,
        ]
      : []),
  ]
}
