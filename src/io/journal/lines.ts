import { type Failure, ok, type Result } from '../../core/base/index.ts'
import { entriesPath, JOURNAL_MODE, type JournalCopy, type JournalFile } from './copy.ts'
import { answersOf, lateFailure } from './patience.ts'

export type CopiesNeeded = 'every-copy' | 'one-copy'

/** How a line went: how many copies had it, and why the first of the others had not. */
export type LineWritten = { readonly taken: number; readonly failure: Failure | undefined }

/**
 * The lines of one holder, written into every copy. What a copy could not take, because its disk was full for a moment or slow, it gets
 * with the next line: so no copy ever has a line without those before it, and each is enough to read the run from. One write at
 * a time is under way in a copy; they are bounded by the lines that a journal may have.
 */
export class JournalLines {
  readonly #copies: readonly JournalCopy[]
  readonly #run: string
  readonly #lines: string[] = []
  /** How many of the lines each copy has. */
  readonly #had = new Map<JournalCopy, number>()
  readonly #busy = new Map<JournalCopy, Promise<unknown>>()

  constructor(copies: readonly JournalCopy[], run: string) {
    this.#copies = copies
    this.#run = run
  }

  /** With `first` the line makes the file, whole or not at all: an empty journal is always a damaged one. */
  async write(line: string, need: CopiesNeeded, first: 'first' | undefined): Promise<LineWritten> {
    const count = this.#lines.push(line)
    const hasPeers = this.#copies.some(({ locked }) => locked)
    const answers = await answersOf(
      this.#copies.map(copy => ({
        isOwing: this.#busy.has(copy),
        answer: this.#bring(copy, count, first),
        isEnough: answer => need === 'one-copy' && answer.ok && (copy.locked || !hasPeers),
      })),
    )
    const failures = answers.flatMap((answer, index) => {
      if (answer === undefined)
        return [lateFailure(this.#copies[index]?.name ?? '', 'did not take a line of the journal')]
      return answer.ok ? [] : [answer.error]
    })
    const taken = answers.filter(answer => answer?.ok).length
    // What no copy took was never said.
    if (taken === 0) this.#lines.length = count - 1
    return { taken, failure: failures[0] }
  }

  /** Brings a copy up to that many lines, after what is still under way there. */
  async #bring(copy: JournalCopy, count: number, first: 'first' | undefined): Promise<Result<void, Failure>> {
    for (let busy = this.#busy.get(copy); busy !== undefined; busy = this.#busy.get(copy)) await busy
    const had = this.#had.get(copy) ?? 0
    if (had >= count) return ok(undefined)
    const all = this.#lines.length
    const file = journalFile(copy.folder, this.#run, this.#lines.slice(had).join(''))
    const written = first === 'first' ? copy.files.create(file) : copy.files.append(file)
    this.#busy.set(copy, written)
    try {
      const result = await written
      if (result.ok) this.#had.set(copy, all)
      return result
    } finally {
      this.#busy.delete(copy)
    }
  }
}

export function journalFile(folder: string, run: string, content: string): JournalFile {
  return { path: entriesPath({ folder }, run), content, mode: JOURNAL_MODE, user: undefined }
}
