import type { Check } from '../../check.ts'
import { involvedManaged, refuseUnknown, seenNamed } from '../../involved.ts'

/** What cannot be told to switch cannot be told to switch back either. */
export const controlAnswers: Check = {
  name: 'control-answers',
  question: 'Does the rndc channel of every managed server take our key?',
  meaning:
    'The rndc channel of a server is closed to us, so it could not be told to switch, or to switch back.',
  remedy: 'Compare its controls statement with rndc in baton.yaml: address, port, key and allow list.',
  operations: ['push', 'switchover', 'failover'],
  weight: 'refuse',
  ask: context =>
    involvedManaged(context).flatMap(({ name }) => {
      const named = seenNamed(context, name)
      return named.kind === 'seen' ? [] : [refuseUnknown('check.control-answers', name, named)]
    }),
}
