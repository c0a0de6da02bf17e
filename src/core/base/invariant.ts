/** A defect of ours: the run stops, its journal stays. Never used for bad input or for the world. */
export class Defect extends Error {
  override readonly name = 'Defect'
}

/** Stops the run when something that cannot be otherwise is otherwise. */
export function invariant(condition: unknown, because: string): asserts condition {
  if (!condition) throw new Defect(because)
}

/** Marks the end of an exhaustive `switch`; reaching it is a defect. */
export function unreachable(value: never): never {
  throw new Defect(`unexpected ${JSON.stringify(value)}`)
}
