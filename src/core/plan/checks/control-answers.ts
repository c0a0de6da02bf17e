import type { Check } from '../check.ts'
import { involvedManaged, refuseUnknown, seenServer } from '../involved.ts'

export const controlAnswers: Check = {
  name: 'control-answers',
  question: 'Does the rndc channel of every managed server take our key?',
  operations: ['push', 'switchover'],
  weight: 'refuse',
  ask: context =>
    involvedManaged(context).flatMap(({ name }) => {
      const named = seenServer(context, name)?.named
      if (named?.ok) return []
      return [refuseUnknown('check.control-answers', name, named?.error ?? 'it was not asked')]
    }),
}
