import { type NoReturn, STEPS } from './steps.ts'

export type StepKind = keyof typeof STEPS

/** A step of one kind. */
export type StepOf<Kind extends StepKind> = {
  readonly [Each in Kind]: { readonly kind: Each } & Parameters<(typeof STEPS)[Each]['says']>[0]
}[Kind]

/** One piece of a plan: plain data. */
export type Step = StepOf<StepKind>

/** Whether this Baton knows how to carry such a step out; a plan that a newer one wrote may have others. */
export function isStepKind(word: unknown): word is StepKind {
  return typeof word === 'string' && Object.hasOwn(STEPS, word)
}

/** A step as one short imperative line. */
export function describeStep(step: Step): string {
  return rowOf(step).says(step)
}

/** What taking a step back means, or nothing where it needs no taking back. */
export function describeUndo(step: Step): string | undefined {
  return rowOf(step).undoSays?.(step)
}

/** From where on an operation can no longer be taken back. */
export type PointOfNoReturn = { readonly step: number; readonly once: NoReturn }

/** The first of the steps, counted from 0, that ends the way back; nothing where there always is one. */
export function pointOfNoReturn(steps: readonly Step[]): PointOfNoReturn | undefined {
  for (const [index, step] of steps.entries()) {
    const once = rowOf(step).noReturn
    if (once !== undefined) return { step: index, once }
  }
  return undefined
}

/** Whether all that a step did was done on servers that are lost, and is left as it is. */
export function isLeftOut(step: Step | undefined, without: readonly string[]): boolean {
  if (step === undefined || !('server' in step)) return false
  const places = placesOf(step)
  return places.length > 0 && places.every(name => without.includes(name))
}

/** Of a fence and of a fork the peers have a record, and nothing is done on the server that it is about. */
function placesOf(step: Extract<Step, { server: string }>): readonly string[] {
  if (step.kind === 'fence') return step.noted?.peers ?? []
  return step.kind === 'note' ? step.peers : [step.server]
}

type AnyRow = {
  readonly says: (step: Step) => string
  readonly undoSays?: (step: Step) => string | undefined
  readonly noReturn?: NoReturn
}

/** The table's type says that a kind's row takes that kind's step; a lookup by a union cannot say it. */
function rowOf({ kind }: Step): AnyRow {
  return STEPS[kind] as unknown as AnyRow
}
