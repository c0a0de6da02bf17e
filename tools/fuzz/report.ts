/** What a run of random inputs found. */
export type FuzzReport = {
  readonly inputs: number
  /** One sentence for each input that was thrown at or came back different, with what is needed to make it again. */
  readonly failures: string[]
}
