/** What is known of how a server is best asked. */
type Standing = 'unknown' | 'no recursion' | 'trying' | 'brief' | 'long'

/** A question as it was put, and what its answer showed. */
export type Sight = {
  readonly recursionDesired: boolean
  /** Of every answer, errors included. */
  readonly recursionAvailable: boolean
  /** Whether the answer was authoritative and without error. */
  readonly isGood: boolean
}

/**
 * Whether questions may ask for recursion, for the sake of shorter answers: named leaves out a zone's servers and their
 * addresses then (BIND manual, `minimal-responses`, its default), which spares it half the work. Only a server that has none
 * to give is asked so: another would begin to look elsewhere for a zone that it does not have. And the bit itself may lead to
 * another view (`match-recursive-only`), so one question tries it first, and the first answer with recursion ends it for good.
 *
 * For the questions of one call: another view or key may be offered other recursion.
 */
export class Brevity {
  #standing: Standing = 'unknown'

  /** Whether nothing more is to be learnt. */
  get isSettled(): boolean {
    return this.#standing === 'brief' || this.#standing === 'long'
  }

  /** Whether the next question desires recursion. */
  next(): boolean {
    if (this.#standing !== 'no recursion') return this.#standing === 'brief'
    this.#standing = 'trying'
    return true
  }

  /** Takes an answer in, and says whether it counts: what may come from another view has to be asked again. */
  learn({ recursionDesired, recursionAvailable, isGood }: Sight): boolean {
    if (recursionAvailable) this.#standing = 'long'
    else if (isGood && this.#standing === 'unknown') this.#standing = 'no recursion'
    else if (recursionDesired && this.#standing === 'trying') this.#standing = isGood ? 'brief' : 'long'
    return !recursionDesired || this.#standing !== 'long'
  }
}
