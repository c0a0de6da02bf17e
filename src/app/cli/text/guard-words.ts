/** Why a guard saved what a server held, in a few words; a code that is not known here stays as it is. */
export function guardInWords(code: string): string {
  return WORDS.get(code) ?? code
}

const WORDS: ReadonlyMap<string, string> = new Map([
  ['guard.higher-term', 'higher term heard'],
  ['guard.rival', 'rival in its term'],
  ['guard.ordered', 'ordered by Baton'],
  ['guard.outdated-peer', 'outdated peer'],
  ['guard.wrong-key', 'peer with wrong key'],
  ['guard.foreign-marker', 'server of another fleet'],
  ['guard.no-marker', 'peer without marker'],
  ['guard.nobody-answers', 'nobody answered'],
])
