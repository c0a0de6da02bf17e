import { type Command, InvalidArgumentError } from '@commander-js/extra-typings'
import type { StatusDocument } from '../../contract/index.ts'
import { type Invoke, report } from '../invocation.ts'
import { look } from '../look.ts'
import type { Line } from '../text/layout/line.ts'
import { statusLines } from '../text/status.ts'
import { zoneLines } from '../text/zones.ts'
import { watchStatus } from '../watch.ts'

const INTERVAL_DEFAULT_S = 2
const INTERVAL_MIN_S = 0.2
const INTERVAL_MAX_S = 86_400

export function declareStatus(program: Command, invoke: Invoke): void {
  program
    .command('status')
    .description('Show who is active, how every server stands, and what is wrong.')
    .option('--zones', 'list the zones that differ')
    .option('--watch [seconds]', 'look again and again, until Ctrl-C', readInterval)
    .addHelpText('after', '\nExample:\n  baton status --watch 5')
    .action(({ zones, watch }) =>
      invoke(async invocation => {
        const { status } = await import('../../commands/index.ts')
        const render = (document: StatusDocument, width: number): readonly Line[] => [
          ...statusLines(document, width),
          ...(zones === true ? zoneLines(document, width) : []),
        ]
        if (watch !== undefined) {
          const intervalS = watch === true ? INTERVAL_DEFAULT_S : watch
          const { fleetFile } = invocation
          return watchStatus(invocation, {
            look: () => status({ fleetFile }),
            render,
            intervalMs: intervalS * 1000,
          })
        }
        return report(invocation, await look(invocation, status), {
          lines: render,
          isWell: ({ well }) => well,
        })
      }),
    )
}

function readInterval(text: string): number {
  const seconds = Number(text)
  if (seconds >= INTERVAL_MIN_S && seconds <= INTERVAL_MAX_S) return seconds
  throw new InvalidArgumentError(`It takes seconds, from ${INTERVAL_MIN_S} to ${INTERVAL_MAX_S}.`)
}
