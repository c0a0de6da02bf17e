import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'

/** A network that holds back what comes from Baton, and delivers it when it is told, whatever became of the sender. */
export class Relay {
  readonly port: number
  readonly #server: Server
  #holding: string | undefined
  #cutting: string | undefined
  readonly #held: { readonly far: Socket; readonly bytes: Buffer }[] = []
  readonly #upstreams: Socket[] = []

  /** In front of a TCP port of this machine. */
  static async before(target: number): Promise<Relay> {
    const relay = new Relay(target)
    await once(relay.#server, 'listening')
    const address = relay.#server.address()
    if (typeof address !== 'object' || address === null) throw new Error('no address')
    return Object.assign(relay, { port: address.port })
  }

  private constructor(target: number) {
    this.port = 0
    this.#server = createServer(near => {
      const far = connect(target, '127.0.0.1')
      this.#upstreams.push(far)
      let isHeld = false
      near.on('data', bytes => {
        isHeld ||= this.#holding !== undefined && bytes.includes(this.#holding)
        if (isHeld) this.#held.push({ far, bytes })
        else far.write(bytes)
        if (this.#cutting === undefined || !bytes.includes(this.#cutting)) return
        this.#cutting = undefined
        near.destroy()
      })
      far.on('data', bytes => near.writable && near.write(bytes))
      for (const socket of [near, far]) socket.on('error', () => undefined)
    }).listen(0, '127.0.0.1')
  }

  /** From now on every message with these words stays here, and whatever follows it on its connection. */
  hold(words = ''): void {
    this.#holding = words
  }

  /** The next message with these words is delivered, and its answer is lost with the connection. */
  cut(words: string): void {
    this.#cutting = words
  }

  get holds(): number {
    return this.#held.length
  }

  /** Delivers what was held, and answers when the other end has hung up, or has answered. */
  async deliver(): Promise<void> {
    this.#holding = undefined
    const held = this.#held.splice(0)
    const open = new Set(held.map(({ far }) => far).filter(far => !far.destroyed))
    const reacted = [...open].map(far => Promise.race([once(far, 'data'), once(far, 'close')]))
    for (const { far, bytes } of held) far.write(bytes)
    await Promise.all(reacted)
  }

  close(): void {
    for (const socket of this.#upstreams) socket.destroy()
    this.#server.close()
  }
}
