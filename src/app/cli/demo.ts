import type { PreparedRun } from '../commands/index.ts'
import type { PlanDocument } from '../contract/index.ts'
import type { DemoEvent, DemoOptions } from '../practice/index.ts'
import { EXIT } from './exit-code.ts'
import { listenForStop } from './interrupt.ts'
import type { Invocation } from './invocation.ts'
import { followRun } from './progress.ts'
import { demoEventLines } from './text/lab/demo.ts'
import { type Line, line } from './text/layout/line.ts'
import { wrap } from './text/layout/wrap.ts'

type DescribePlan = (plan: PreparedRun['plan'], warnings: readonly string[]) => PlanDocument

/** Shows a demo as it goes. */
export type DemoFollower = Pick<DemoOptions, 'signal' | 'onEvent'> & { readonly close: () => void }

export function followDemo({ terminal, format }: Invocation, describe: DescribePlan): DemoFollower {
  const output = format === 'json' ? undefined : terminal.out
  const progress = followRun(output)
  const stop = new AbortController()
  let folder: string | undefined

  const warn = (lines: readonly Line[]) => {
    progress.pause()
    terminal.err.lines(lines)
  }
  const silence = listenForStop({
    first: () => {
      stop.abort()
      warn([line('stopping: the servers are stopped and their folder is removed', 'warning')])
    },
    again: () => {
      const remedy = folder === undefined ? '' : `: \`baton lab down --dir ${folder}\` stops them`
      warn(wrap(line(`left with servers running${remedy}`, 'bad'), { width: terminal.err.width(), hang: 2 }))
      process.exit(EXIT.failed)
    },
  })
  const onEvent = (event: DemoEvent) => {
    if (event.kind === 'started') folder = event.folder
    if (event.kind === 'plan') progress.plan(describe(event.plan, []))
    else if (event.kind === 'run') progress.event(event.event)
    else output?.lines(demoEventLines(event, output.width()))
  }
  return {
    signal: stop.signal,
    onEvent,
    close: () => {
      progress.close()
      silence()
    },
  }
}
