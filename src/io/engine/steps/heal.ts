import { setTimeout as pause } from 'node:timers/promises'
import { countOf, type Failure, firstFew, ok, type Result, type Serial } from '../../../core/base/index.ts'
import type { StepOf } from '../../../core/plan/index.ts'
import { differenceInWords } from '../../../core/verify/index.ts'
import { type ContentDifference, type ContentPair, findDifferences } from '../../compare/index.ts'
import { idOf, linkTo, type RunContext, reportOf, type StepReport, zonesOfSet } from '../context.ts'
import { passOverFenced } from '../pass-over.ts'
import { orderTransfers } from '../zones/order-transfers.ts'

/** Between two looks at what is not equal yet. */
const INTERVAL_MS = 200
/** A transfer that was ordered is given this long before it is ordered again. */
const PATIENCE_MS = 5_000

/**
 * Compares by content, not by serial, and has transferred anew what is not equal: a transfer of changes alone would keep a
 * fork, and so would a server that finds equal serials. Writes go on; a zone is equal when it was so at one serial.
 */
export async function heal(
  context: RunContext,
  planned: StepOf<'heal'>,
): Promise<Result<StepReport, Failure>> {
  const passed = await passOverFenced(context, planned.servers)
  if (!passed.ok) return passed
  const step = { ...planned, servers: passed.value.there }
  if (step.servers.length === 0) return ok(reportOf(...passed.value.remarks))
  const { clock, fleet } = context.links
  const reference = linkTo(context, step.to)
  const wanted = pairsOf(context, step)
  const began = clock.elapsed()
  const ordered = new Map<ContentPair, number>()
  const transferred = new Set<ContentPair>()
  const serialsFirst = new Map<string, Serial>()
  let open: readonly ContentPair[] = wanted
  for (;;) {
    const looking = findDifferences(context.links, { reference, pairs: open })
    const differences = (await unlessStopped(context.signal, looking)) ?? open.map(notCompared)
    const unequal = new Map(differences.map(found => [keyOfDifference(found), found]))
    for (const [key, { difference }] of unequal) {
      if ('serial' in difference && !serialsFirst.has(key)) serialsFirst.set(key, difference.serial)
    }
    open = open.filter(pair => unequal.has(keyOf(pair)))
    const isOver = clock.elapsed() - began > fleet.policy.convergenceMaxS * 1000 || context.signal.aborted
    if (open.length === 0 || isOver) {
      const found = { differences, serialsFirst, wanted: wanted.length, transferred: transferred.size }
      const healed = report(step, found)
      return ok({ ...healed, remarks: [...healed.remarks, ...passed.value.remarks] })
    }
    // What is not loaded is being transferred already: its server asked for it when it found no file.
    const due = open.filter(pair => {
      const last = ordered.get(pair) ?? (isUnknown(unequal, pair) ? began : Number.NEGATIVE_INFINITY)
      return clock.elapsed() - last > PATIENCE_MS
    })
    const budgetMs = fleet.policy.convergenceMaxS * 1000 - (clock.elapsed() - began)
    const { tried, taken } = await orderTransfers(due, { budgetMs, signal: context.signal })
    for (const pair of tried) ordered.set(pair, clock.elapsed())
    for (const pair of taken) transferred.add(pair)
    await pause(INTERVAL_MS)
  }
}

/** Nothing once a person has pressed Ctrl-C: what only looks is left to its own deadline. */
async function unlessStopped<Value>(
  signal: AbortSignal,
  looking: Promise<Value>,
): Promise<Value | undefined> {
  const heard = new AbortController()
  const stopped = new Promise<undefined>(resolve => {
    if (signal.aborted) resolve(undefined)
    signal.addEventListener('abort', () => resolve(undefined), { signal: heard.signal })
  })
  const first = await Promise.race([looking, stopped])
  heard.abort()
  return first
}

function notCompared({ server, zone }: ContentPair): ContentDifference {
  const because = 'a person stopped the comparison'
  return { server: server.server.name, zone: idOf(zone), difference: { kind: 'content-unknown', because } }
}

function pairsOf(context: RunContext, { servers, to, set }: StepOf<'heal'>): readonly ContentPair[] {
  const held = new Set(zonesOfSet(context, to, set).map(idOf))
  return servers.flatMap(name => {
    const server = linkTo(context, name)
    const zones = zonesOfSet(context, name, set).filter(zone => held.has(idOf(zone)))
    return zones.map(zone => ({ server, zone }))
  })
}

function keyOf({ server, zone }: ContentPair): string {
  return `${server.server.name} ${idOf(zone)}`
}

function keyOfDifference({ server, zone }: ContentDifference): string {
  return `${server} ${zone}`
}

function isUnknown(unequal: ReadonlyMap<string, ContentDifference>, pair: ContentPair): boolean {
  return unequal.get(keyOf(pair))?.difference.kind === 'content-unknown'
}

type Outcome = {
  readonly differences: readonly ContentDifference[]
  /** By server and zone, where the copy stood when it was first seen. */
  readonly serialsFirst: ReadonlyMap<string, Serial>
  readonly wanted: number
  readonly transferred: number
}

function report(
  step: StepOf<'heal'>,
  { differences, serialsFirst, wanted, transferred }: Outcome,
): StepReport {
  const equal = wanted - differences.length
  const named = differences.map(
    ({ server, zone, difference }) => `${server}: ${zone} ${differenceInWords(difference)}`,
  )
  const remarks = [
    `${step.servers.join(', ')}: content equal in ${equal} of ${wanted} comparisons, ${countOf(transferred, 'zone')} retransferred on Baton’s order`,
    ...firstFew(named, { hint: ': `baton verify` names them' }),
  ]
  // A zone that is written to all the time may be behind whenever it is looked at; its serial moves then.
  const unwell = differences.some(found => {
    const { difference } = found
    return (
      difference.kind !== 'content-behind' || serialsFirst.get(keyOfDifference(found)) === difference.serial
    )
  })
  return { remarks, unwell, writesAt: undefined }
}
