import { refuse } from '../../../base/index.ts'
import { rndcCommand } from '../../../fleet/index.ts'
import type { Check } from '../../check.ts'
import { involvedManaged, refuseUnknown, seenNamed } from '../../involved.ts'

/** After a failed reconfig named runs on with what it had, and the next restart would not come up. */
export const configurationRunning: Check = {
  name: 'configuration-running',
  question: 'Did named accept the configuration it was last given?',
  meaning: 'named refused the configuration it was last given; what runs is not what is installed.',
  remedy: 'Run `named-checkconf` there, fix what it names, and `rndc reconfig`.',
  operations: ['switchover', 'failover'],
  weight: 'refuse',
  ask: context =>
    involvedManaged(context).flatMap(({ name }) => {
      const named = seenNamed(context, name)
      if (named.kind === 'unknown') return [refuseUnknown('check.configuration-running', name, named)]
      if (!named.value.reloadFailed) return []
      return [
        refuse({
          code: 'check.configuration-running',
          subject: name,
          because: 'named refused its last configuration and runs on with the one before',
          remedy: `Run \`named-checkconf\` there, fix what it names, then \`${rndcCommand(context.fleet, name, 'reconfig')}\`, and try again.`,
        }),
      ]
    }),
}
