import type { Host } from '../../src/io/hosts/index.ts'

/** Where the process dies: at which durable write, counted from 1, and on which side of it. */
export type Death = {
  readonly write: number
  readonly moment: 'before' | 'after'
  /** Kills the process for real, and so does not return; in a test of the counting alone it may throw. */
  readonly die: () => void
}

/** Counts the durable writes of all hosts that share it. */
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

  async around<Value>(write: () => Promise<Value>): Promise<Value> {
    const death = ++this.#writes === this.#death?.write ? this.#death : undefined
    if (death?.moment === 'before') death.die()
    const value = await write()
    if (death?.moment === 'after') death.die()
    return value
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
    touch: request => counter.around(() => host.touch(request)),
  }
}
