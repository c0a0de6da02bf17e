import { setImmediate as nextTurn } from 'node:timers/promises'
import { ok } from '../../src/core/base/index.ts'
import { onlyLooks } from '../../src/core/rndc/index.ts'
import { type Host, localHost } from '../../src/io/hosts/index.ts'
import { type Control, openControl } from '../../src/io/net/index.ts'
import type { Doors } from '../../src/io/observe/index.ts'

/** On which side of a write the process dies: before it, once it is under way and unanswered, or right after it. */
export const MOMENTS = ['before', 'amid', 'after'] as const

export type Moment = (typeof MOMENTS)[number]

/** Where the process dies: at which write, counted from 1, and when. */
export type Death = {
  readonly write: number
  readonly moment: Moment
  /** Kills the process for real, and so does not return; in a test of the counting alone it may throw. */
  readonly die: () => void
}

/** Counts the writes of all hosts and control channels that share it. */
export class WriteCounter {
  readonly #death: Death | undefined
  #writes = 0

  /** Without a death it only counts, which tells how many deaths there are to try. */
  constructor(death?: Death) {
    this.#death = death
  }

  get writes(): number {
    return this.#writes
  }

  /** The last one counted was none. */
  takeBack(): void {
    this.#writes--
  }

  async around<Value>(write: () => Promise<Value>): Promise<Value> {
    const death = ++this.#writes === this.#death?.write ? this.#death : undefined
    if (death?.moment === 'before') death.die()
    const written = write()
    if (death?.moment === 'amid') {
      await nextTurn()
      death.die()
    }
    const value = await written
    if (death?.moment === 'after') death.die()
    return value
  }
}

/** Doors to servers of this machine, all of whose writes one counter counts. */
export function dyingDoors(counter: WriteCounter): Doors {
  return {
    openHost: server => ok(dyingHost(localHost(server.name), counter)),
    openControl: async (target, options) => {
      const opened = await openControl(target, options)
      return opened.ok ? ok(dyingControl(opened.value, counter)) : opened
    },
  }
}

/** A host whose durable writes are counted, and one of which its process may not survive. */
export function dyingHost(host: Host, counter: WriteCounter): Host {
  return {
    ...host,
    replace: file => counter.around(() => host.replace(file)),
    create: file => counter.around(() => host.create(file)),
    append: file => counter.around(() => host.append(file)),
    copy: (from, to) => counter.around(() => host.copy(from, to)),
    remove: path => counter.around(() => host.remove(path)),
    hold: claim => counter.around(() => host.hold(claim)),
    depose: claim => counter.around(() => host.depose(claim)),
    // Every file of an order is a write of its own, between any two of which the process may die.
    async apply({ changes, ...order }) {
      for (const change of changes) {
        const applied = await counter.around(() => host.apply({ ...order, changes: [change] }))
        if (applied.ok) continue
        // What the server refuses, because somebody else holds the run, is no write.
        if (applied.error.code === 'hosts.deposed') counter.takeBack()
        return applied
      }
      return ok(undefined)
    },
    protect: own => counter.around(() => host.protect(own)),
    touch: request => counter.around(() => host.touch(request)),
    // A guard changes its server; every other command only looks.
    run: command => (command.kind === 'guard' ? counter.around(() => host.run(command)) : host.run(command)),
  }
}

/** A control channel whose commands count as writes, unless they only look. */
function dyingControl(control: Control, counter: WriteCounter): Control {
  return {
    target: control.target,
    ask: (command, deadlineMs) =>
      onlyLooks(command)
        ? control.ask(command, deadlineMs)
        : counter.around(() => control.ask(command, deadlineMs)),
    livesMs: () => control.livesMs(),
    end: () => control.end(),
  }
}
