import { type Failure, ok, type Result } from '../../../core/base/index.ts'
import { peersOf } from '../../../core/fleet/index.ts'
import { fence, type RunGround } from '../../../io/engine/index.ts'
import { despiteAnswers, type FenceWords } from './fences.ts'

/** Takes a person's word, when a run is taken up, that peers which the run had counted on take no writes. */
export async function fenceInRun(context: RunGround, words: FenceWords): Promise<Result<void, Failure>> {
  const { handover } = context.plan
  const { fencedByName = NOBODY } = words
  if (handover === undefined) return ok(undefined)
  const { set, termAfter: term, without } = handover
  const names = peersOf(context.links.fleet, set).map(({ name }) => name)
  const peers = names.filter(name => !without.includes(name) && !fencedByName.has(name))
  const said = [...fencedByName].map(([name, how]) => [name, { kind: 'word', words: how } as const] as const)
  for (const [server, by] of await despiteAnswers(context, new Map(said), words)) {
    const fenced = await fence(context, { kind: 'fence', server, by, noted: { set, term, peers } })
    if (!fenced.ok) return fenced
  }
  return ok(undefined)
}

const NOBODY: ReadonlyMap<string, string> = new Map()
