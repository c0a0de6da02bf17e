/** Whoever takes part: the two between whom the role passes, a third peer, and the secondaries as one class. */
export const PARTS = { from: 'ns1', to: 'ns2', third: 'ns3', secondary: 'e1' } as const

export type Part = keyof typeof PARTS

type Row = {
  readonly steps: readonly string[]
  /** Who is dead before. */
  readonly deadBefore: readonly Part[]
  /** Who does not take part: of two peers there is no third. */
  readonly absent: readonly Part[]
  /** Who is left out where somebody has died already: it keeps nobody from anything. */
  readonly notNext: readonly Part[]
}

const ALL = { deadBefore: [], absent: [], notNext: [] } as const
const OF_TWO = { absent: ['third'], notNext: ['secondary'] } as const

/**
 * Table: in which steps something may die. Of a push, `from` is the active; of a rejoin it is who returns, of a resolve who steps down
 * for `to`. What a resolve does after its return is what a rejoin does.
 */
export const OPERATIONS = {
  switchover: {
    ...ALL,
    steps: ['settle', 'freeze', 'catch-up', 'promote', 'demote', 'announce', 'probe', 'converge', 'compare'],
  },
  failover: {
    ...ALL,
    steps: [
      ...['fence', 'collect', 'settle', 'note', 'close', 'raise', 'open'],
      ...['announce', 'probe', 'converge', 'compare'],
    ],
    deadBefore: ['from'],
  },
  rejoin: { ...ALL, steps: ['return', 'probe', 'heal'] },
  resolve: { ...ALL, steps: ['announce', 'step-down', 'return'] },
  push: { ...ALL, steps: ['stage', 'deploy', 'record', 'inspect'] },
  'switchover-of-two': {
    ...OF_TWO,
    steps: ['settle', 'freeze', 'catch-up', 'promote', 'demote', 'probe', 'converge', 'compare'],
    deadBefore: [],
  },
  'failover-of-two': {
    ...OF_TWO,
    steps: [
      ...['fence', 'collect', 'settle', 'note', 'close', 'raise', 'open'],
      ...['probe', 'converge', 'compare'],
    ],
    deadBefore: ['from'],
  },
} as const satisfies Record<string, Row>

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
    const { steps, deadBefore, absent, notNext }: Row = OPERATIONS[operation]
    const parts = Object.keys(PARTS) as Part[]
    const alive = parts.filter(part => !deadBefore.includes(part) && !absent.includes(part))
    for (const step of steps)
      for (const dies of ['baton', ...alive] as const)
        for (const next of ['nobody', ...alive.filter(part => part !== dies)] as const)
          if (next === 'nobody' || !notNext.includes(next)) cells.push({ operation, step, dies, next })
  }
  return cells
}

/** The peers of the fleet in which a cell is run. */
export function peersIn({ operation }: DeathCell): readonly string[] {
  const { absent }: Row = OPERATIONS[operation]
  return (['from', 'to', 'third'] as const).filter(part => !absent.includes(part)).map(part => PARTS[part])
}

export function nameOf({ operation, step, dies, next }: DeathCell): string {
  return `${operation} ${step} ${dies} ${next}`
}
