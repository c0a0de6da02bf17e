import { parseArgs } from 'node:util'
import {
  preparePush,
  prepareSwitchover,
  type RunWatch,
  resume,
  rollback,
} from '../../src/app/commands/index.ts'
import type { RunDocument } from '../../src/app/contract/index.ts'
import { ok, type Problem, type Result } from '../../src/core/base/index.ts'
import { openHost } from '../../src/io/hosts/index.ts'
import { openControl } from '../../src/io/net/index.ts'
import type { Doors } from '../../src/io/observe/index.ts'
import { dyingControl, dyingHost, MOMENTS, WriteCounter } from '../../test/support/dying-host.ts'
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

const WATCH: RunWatch = {
  signal: new AbortController().signal,
  onPlan: () => undefined,
  onEvent: () => undefined,
}

type Order = Doors & { readonly fleetFile: string }

async function carryOut(
  operation: string,
  order: Order,
  to: string | undefined,
): Promise<Result<RunDocument, readonly Problem[]>> {
  if (operation === 'resume') return resume({ ...order, takeOver: false, watch: WATCH })
  if (operation === 'rollback') return rollback({ ...order, takeOver: false, watch: WATCH })
  const prepared = await prepare(operation, order, to)
  if (!prepared.ok) return prepared
  if (prepared.value.plan === undefined) return ok(prepared.value.document)
  const ran = await prepared.value.start(WATCH)
  await prepared.value.close()
  return ran
}

async function prepare(operation: string, order: Order, to: string | undefined) {
  const reason = 'crash loop'
  return operation === 'push'
    ? preparePush({ ...order, reason })
    : prepareSwitchover({ ...order, set: undefined, to, without: [], reason })
}

function dyingDoors(counter: WriteCounter): Doors {
  return {
    openHost(server) {
      const host = openHost(server)
      return host.ok ? { ok: true, value: dyingHost(host.value, counter) } : host
    },
    async openControl(target, options) {
      const control = await openControl(target, options)
      return control.ok ? { ok: true, value: dyingControl(control.value, counter) } : control
    },
  }
}

process.exitCode = await main()
