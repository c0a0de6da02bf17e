import { refuse } from '../../base/index.ts'
import type { Check } from '../check.ts'
import { involvedManaged, seenServer } from '../involved.ts'

export const configurationRunning: Check = {
  name: 'configuration-running',
  question: 'Did named accept the configuration it was last given?',
  operations: ['switchover'],
  weight: 'refuse',
  ask: context =>
    involvedManaged(context).flatMap(({ name }) => {
      const named = seenServer(context, name)?.named
      if (named?.ok !== true || !named.value.reloadFailed) return []
      return [
        refuse({
          code: 'check.configuration-running',
          subject: name,
          because: 'named refused its last configuration and runs on with the one before',
          remedy: 'Run `named-checkconf` there, mend what it names, `rndc reconfig`, then try again.',
        }),
      ]
    }),
}
