import type { StepKind } from './plan.ts'

const KINDS: Readonly<Record<StepKind, true>> = {
  settle: true,
  freeze: true,
  'catch-up': true,
  promote: true,
  demote: true,
  announce: true,
  probe: true,
  converge: true,
  compare: true,
  fence: true,
  collect: true,
  note: true,
  close: true,
  raise: true,
  open: true,
  'step-down': true,
  return: true,
  heal: true,
  stage: true,
  deploy: true,
  inspect: true,
  record: true,
}

/** Whether this Baton knows how to carry such a step out; a plan that a newer one wrote may have others. */
export function isStepKind(word: unknown): word is StepKind {
  return typeof word === 'string' && Object.hasOwn(KINDS, word)
}
