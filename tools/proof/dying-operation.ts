import { parseArgs } from 'node:util'
import { preparePush, prepareSwitchover, resume, rollback } from '../../src/app/commands/index.ts'
import type { RunDocument } from '../../src/app/contract/index.ts'
import type { Problem, Result } from '../../src/core/base/index.ts'
import type { Doors } from '../../src/io/observe/index.ts'
import { dyingDoors, MOMENTS, WriteCounter } from '../../test/support/dying-host.ts'
import { runToEnd, UNWATCHED } from '../../test/support/story.ts'
import { outcomeOf } from './outcome-of.ts'

const EXIT_USAGE = 64

/**
 * `dying-operation.ts --fleet FILE --operation switchover|push|resume|rollback [--to PEER] --write N --moment MOMENT
 * [--signal SIGNAL]`: one operation, whose process gives itself a signal at its Nth write, SIGKILL unless told otherwise. When
 * it lives to the end it prints how many writes there were, and what came of it, as JSON.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      fleet: { type: 'string' },
      operation: { type: 'string' },
      to: { type: 'string' },
      write: { type: 'string' },
      moment: { type: 'string' },
      signal: { type: 'string', default: 'SIGKILL' },
    },
  })
  const moment = MOMENTS.find(candidate => candidate === values.moment)
  if (values.fleet === undefined || moment === undefined) return EXIT_USAGE
  const die = () => process.kill(process.pid, values.signal)
  const counter = new WriteCounter({ write: Number(values.write), moment, die })
  const order = { fleetFile: values.fleet, ...dyingDoors(counter) }
  const result = await carryOut(values.operation ?? '', order, values.to)
  process.stdout.write(`${JSON.stringify({ writes: counter.writes, outcome: outcomeOf(result) })}\n`)
  return 0
}

type Order = Doors & { readonly fleetFile: string }

async function carryOut(
  operation: string,
  order: Order,
  to: string | undefined,
): Promise<Result<RunDocument, readonly Problem[]>> {
  if (operation === 'resume') return resume({ ...order, takeOver: false, watch: UNWATCHED })
  if (operation === 'rollback') return rollback({ ...order, takeOver: false, watch: UNWATCHED })
  return runToEnd(await prepare(operation, order, to))
}

async function prepare(operation: string, order: Order, to: string | undefined) {
  const reason = 'crash loop'
  return operation === 'push'
    ? preparePush({ ...order, reason })
    : prepareSwitchover({ ...order, set: undefined, to, without: [], reason })
}

process.exitCode = await main()
