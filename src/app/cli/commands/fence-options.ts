import { InvalidArgumentError } from '@commander-js/extra-typings'
import { readText } from './text.ts'

/** What was said with `--fenced`: of the old active, and of others by name. */
export type SaidFences = {
  readonly words: string | undefined
  readonly byName: ReadonlyMap<string, string>
}

/** `NAME=how`, or only how: of the server that is gone. */
export function readFence(text: string, before: SaidFences = NOTHING_SAID): SaidFences {
  readText(text)
  const [, name, words] = /^([\w.-]+)=(.*)$/s.exec(text) ?? []
  if (name === undefined || words === undefined) return { ...before, words: text }
  readText(words)
  return { ...before, byName: new Map(before.byName).set(name, words) }
}

/** The same where nobody is gone, so that words alone are about nobody. */
function readNamedFence(text: string, before: SaidFences = NOTHING_SAID): SaidFences {
  const read = readFence(text, before)
  if (read.words === undefined) return read
  throw new InvalidArgumentError('Say of which server: --fenced NAME="switched off at the rack".')
}

const NOTHING_SAID: SaidFences = { words: undefined, byName: new Map() }

/** Flags that say which servers take no writes. */
export const FENCE_FLAGS = {
  byName: [
    '--fenced <name=how>',
    'you made sure that this peer, which cannot be asked, takes no writes, and this is how; again for another',
    readNamedFence,
  ],
  despiteAnswer: [
    '--despite-answer <server...>',
    'somebody else answers at the address of this fenced server',
  ],
} as const

type FenceOptions = {
  readonly fenced?: SaidFences | undefined
  readonly despiteAnswer?: readonly string[] | undefined
}

/** What was said of servers by name. */
export function fenceWords({ fenced = NOTHING_SAID, despiteAnswer = [] }: FenceOptions) {
  return { fencedByName: fenced.byName, despiteAnswer }
}
