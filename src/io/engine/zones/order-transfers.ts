import type { Failure } from '../../../core/base/index.ts'
import { isManaged } from '../../../core/fleet/index.ts'
import type { ContentPair } from '../../compare/index.ts'
import type { ServerLink } from '../../observe/index.ts'
import { referenceOf } from '../context.ts'
import { command } from '../control.ts'

/** A named that is well takes an order at once; for longer no order of a transfer is waited for, in milliseconds. */
const ORDER_MS_MAX = 3_000

export type TransferLimits = {
  /** For all orders to one server together, in milliseconds; servers are told at the same time. */
  readonly budgetMs: number
  /** No further order is given once it is set. */
  readonly signal: AbortSignal
}

/** What was tried, and what of that was taken. What there was no time for is in neither. */
export type OrderedTransfers = {
  readonly tried: readonly ContentPair[]
  readonly taken: readonly ContentPair[]
}

/** Has servers transfer zones anew. One that does not answer is told nothing more. */
export async function orderTransfers(
  pairs: readonly ContentPair[],
  limits: TransferLimits,
): Promise<OrderedTransfers> {
  const servers = [...new Set(pairs.map(({ server }) => server))]
  const ofServer = (link: ServerLink) => pairs.filter(({ server }) => server === link)
  const ordered = await Promise.all(servers.map(link => orderFrom(link, ofServer(link), limits)))
  return {
    tried: ordered.flatMap(({ tried }) => tried),
    taken: ordered.flatMap(({ taken }) => taken),
  }
}

async function orderFrom(
  server: ServerLink,
  pairs: readonly ContentPair[],
  { budgetMs, signal }: TransferLimits,
): Promise<OrderedTransfers> {
  if (!isManaged(server.server)) return { tried: pairs, taken: [] }
  const until = performance.now() + budgetMs
  const tried: ContentPair[] = []
  const taken: ContentPair[] = []
  for (const pair of pairs) {
    const commandMs = Math.min(ORDER_MS_MAX, server.commandMs, until - performance.now())
    if (commandMs <= 0 || signal.aborted) break
    tried.push(pair)
    const told = await command({ ...server, commandMs }, { kind: 'retransfer', zone: referenceOf(pair.zone) })
    if (told.ok) taken.push(pair)
    else if (!isAnswer(told.error)) return { tried: pairs, taken }
  }
  return { tried, taken }
}

/** named has read the order and has its reasons against it; they concern one zone. */
function isAnswer({ code }: Failure): boolean {
  return code.startsWith('rndc.zone-') || code === 'rndc.command-failed'
}
