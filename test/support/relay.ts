import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'

/** A network that holds back what comes from Baton, or what is answered, and delivers it when it is told, whatever became of the sender. */
export class Relay {
  readonly port: number
  readonly #server: Server
  #holding: string | undefined
  #cutting: string | undefined
  #once = false
  #holdingAnswer: string | undefined
  readonly #held: { readonly far: Socket; readonly bytes: Buffer }[] = []
  readonly #heldAnswers: { readonly near: Socket; readonly bytes: Buffer }[] = []
  readonly #upstreams: Socket[] = []
  readonly #nears = new Set<Socket>()

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
      this.#nears.add(near)
      near.once('close', () => this.#nears.delete(near))
      let isHeld = false
      let isAnswerHeld = false
      near.on('data', bytes => {
        isHeld ||= this.#isToHold(bytes)
        if (this.#holdingAnswer !== undefined && bytes.includes(this.#holdingAnswer)) {
          this.#holdingAnswer = undefined
          isAnswerHeld = true
        }
        if (isHeld) this.#held.push({ far, bytes })
        else far.write(bytes)
        if (this.#cutting === undefined || !bytes.includes(this.#cutting)) return
        this.#cutting = undefined
        near.destroy()
      })
      far.on('data', bytes => {
        if (isAnswerHeld) this.#heldAnswers.push({ near, bytes })
        else if (near.writable) near.write(bytes)
      })
      for (const socket of [near, far]) socket.on('error', () => undefined)
    }).listen(0, '127.0.0.1')
  }

  /** From now on every message with these words stays here, and whatever follows it on its connection. */
  hold(words = ''): void {
    this.#holding = words
  }

  /** The next message with these words stays here, and whatever follows it on its connection; later ones pass. */
  holdOnce(words: string): void {
    this.#holding = words
    this.#once = true
  }

  /** The next message with these words is delivered, and its answer stays here. */
  holdAnswer(words: string): void {
    this.#holdingAnswer = words
  }

  /** The next message with these words is delivered, and its answer is lost with the connection. */
  cut(words: string): void {
    this.#cutting = words
  }

  /** Ends every connection on Baton's side; what is held for named stays. */
  hangUp(): void {
    for (const near of this.#nears) near.destroy()
  }

  /** How many messages and answers are held. */
  get holds(): number {
    return this.#held.length + this.#heldAnswers.length
  }

  /** Delivers what was held, and answers when named has hung up, or has answered. */
  async deliver(): Promise<void> {
    this.#holding = undefined
    for (const { near, bytes } of this.#heldAnswers.splice(0)) if (near.writable) near.write(bytes)
    const held = this.#held.splice(0)
    const open = new Set(held.map(({ far }) => far).filter(far => !far.destroyed))
    // A reset is followed by `close`.
    const reacted = [...open].map(
      far => new Promise<unknown>(resolve => far.once('data', resolve).once('close', resolve)),
    )
    for (const { far, bytes } of held) far.write(bytes)
    await Promise.all(reacted)
  }

  #isToHold(bytes: Buffer): boolean {
    if (this.#holding === undefined || !bytes.includes(this.#holding)) return false
    if (this.#once) this.#holding = undefined
    return true
  }

  close(): void {
    for (const socket of this.#upstreams) socket.destroy()
    this.#server.close()
  }
}
