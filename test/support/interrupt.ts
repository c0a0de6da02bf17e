import type { ControlCommand } from '../../src/core/rndc/index.ts'
import { openControl } from '../../src/io/net/index.ts'
import type { Doors } from '../../src/io/observe/index.ts'

/** A moment of an operation: right before, or right after, the first such command to a server. */
export type CommandMoment = {
  readonly when: 'before' | 'after'
  readonly command: ControlCommand['kind']
  readonly server: string
}

/** Doors to the servers behind which something happens at that moment, once, while the operation waits. */
export function interruptAt(moment: CommandMoment, happen: () => Promise<void>): Doors {
  let happened = false
  const once = async () => {
    if (happened) return
    happened = true
    await happen()
  }
  return {
    async openControl(target, options) {
      const opened = await openControl(target, options)
      if (!opened.ok || target.server !== moment.server) return opened
      const control = opened.value
      return {
        ok: true,
        value: {
          target,
          livesMs: () => control.livesMs(),
          end: () => control.end(),
          async ask(command, deadlineMs) {
            const isNow = command.kind === moment.command
            if (isNow && moment.when === 'before') await once()
            const answer = await control.ask(command, deadlineMs)
            if (isNow && moment.when === 'after') await once()
            return answer
          },
        },
      }
    },
  }
}
