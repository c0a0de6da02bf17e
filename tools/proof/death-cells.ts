/** Whoever takes part: the two between whom the role passes, a third peer, and the secondaries as one class. */
export const PARTS = { from: 'ns1', to: 'ns2', third: 'ns3', secondary: 'e1' } as const

export type Part = keyof typeof PARTS

/** Table: in which steps something may die, and who is dead before. Of a push, `from` is the active; of a rejoin it is who returns. */
export const OPERATIONS = {
  switchover: {
    steps: ['settle', 'freeze', 'catch-up', 'promote', 'demote', 'announce', 'probe', 'converge', 'compare'],
    deadBefore: [],
  },
  failover: {
    steps: [
      ...['fence', 'collect', 'settle', 'note', 'close', 'raise', 'open'],
      ...['announce', 'probe', 'converge', 'compare'],
    ],
    deadBefore: ['from'],
  },
  rejoin: { steps: ['return', 'probe', 'heal'], deadBefore: [] },
  push: { steps: ['stage', 'deploy', 'record', 'inspect'], deadBefore: [] },
} as const satisfies Record<
  string,
  { readonly steps: readonly string[]; readonly deadBefore: readonly Part[] }
>

export type DeathOperation = keyof typeof OPERATIONS

/** One state that deaths can produce: who dies when a step has begun, and who right after that. */
export type DeathCell = {
  readonly operation: DeathOperation
  readonly step: string
  readonly dies: Part | 'baton'
  readonly next: Part | 'nobody'
}

/** All of them. That Baton dies once more, in what leads on, is what `proof:crash` tries. */
export function deathCells(): readonly DeathCell[] {
  const cells: DeathCell[] = []
  for (const operation of Object.keys(OPERATIONS) as DeathOperation[]) {
    const { steps, deadBefore } = OPERATIONS[operation]
    const alive = (Object.keys(PARTS) as Part[]).filter(
      part => !(deadBefore as readonly Part[]).includes(part),
    )
    for (const step of steps)
      for (const dies of ['baton', ...alive] as const)
        for (const next of ['nobody', ...alive.filter(part => part !== dies)] as const)
          cells.push({ operation, step, dies, next })
  }
  return cells
}

export function nameOf({ operation, step, dies, next }: DeathCell): string {
  return `${operation} ${step} ${dies} ${next}`
}
