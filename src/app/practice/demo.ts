import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fail, ok, type Problem, type Result } from '../../core/base/index.ts'
import type { Plan } from '../../core/plan/index.ts'
import { compareContent } from '../../io/compare/index.ts'
import type { RunEvent } from '../../io/engine/index.ts'
import { linkOf } from '../../io/observe/index.ts'
import { openSession, prepareSwitchover, statusOf } from '../commands/index.ts'
import type { DemoDocument, RunDocument, StatusDocument } from '../contract/index.ts'
import {
  createLab,
  findMissing,
  type Lab,
  labZones,
  readLabKey,
  startQuerier,
  startWriter,
  stopLab,
  type WriterReport,
} from '../lab/index.ts'
import { planFor } from './lab.ts'

export type DemoOptions = {
  readonly zones: number | undefined
  readonly searchPath: string
  readonly signal: AbortSignal
  readonly onEvent: (event: DemoEvent) => void
}

/** What a person watching should be shown, in order. */
export type DemoEvent =
  | {
      readonly kind: 'starting'
      readonly zones: number
      readonly zonesDynamic: number
      readonly servers: number
    }
  | { readonly kind: 'started'; readonly elapsedMs: number; readonly folder: string }
  | { readonly kind: 'writing'; readonly updatesPerSecond: number; readonly queriesPerSecond: number }
  | { readonly kind: 'status'; readonly status: StatusDocument }
  | { readonly kind: 'switching'; readonly from: string; readonly to: string; readonly checks: number }
  | { readonly kind: 'plan'; readonly plan: Plan }
  | { readonly kind: 'run'; readonly event: RunEvent }
  | { readonly kind: 'ran'; readonly run: RunDocument }
  | { readonly kind: 'proving' }

const UPDATES_PER_SECOND = 100
const QUERIES_PER_SECOND = 200
const UPDATES_MAX = 20_000
const PATIENCE_MS = 5000
/** Writers and resolvers go on for a moment before and after each switch, so that something is under way in it. */
const BREATH_MS = 1000
const SETTLED_DEADLINE_MS = 30_000
const LOOK_INTERVAL_MS = 100

/** The main job on real servers: a fleet is started, the role passed there and back under writes, all of it proven. */
export async function demo(options: DemoOptions): Promise<Result<DemoDocument, readonly Problem[]>> {
  const began = performance.now()
  const folder = await mkdtemp(join(tmpdir(), 'baton-demo-'))
  try {
    const plan = planFor({ zones: options.zones, zonesDynamic: undefined })
    const servers = plan.peers.length + plan.groups.flatMap(group => group.servers).length
    options.onEvent({ kind: 'starting', zones: plan.zones, zonesDynamic: plan.zonesDynamic, servers })
    const lab = await createLab({ folder, name: 'demo', plan, searchPath: options.searchPath })
    if (!lab.ok) return fail([lab.error])
    options.onEvent({ kind: 'started', elapsedMs: performance.now() - began, folder })
    return await show(lab.value, options, began)
  } finally {
    await stopLab(folder)
    await rm(folder, { recursive: true, force: true })
  }
}

async function show(
  lab: Lab,
  options: DemoOptions,
  began: number,
): Promise<Result<DemoDocument, readonly Problem[]>> {
  const key = readLabKey(lab.folder, 'writer')
  if (!key.ok) return fail([key.error])
  const zones = labZones(lab.plan)
  const endpointsOf = (kind: 'peer' | 'secondary') =>
    lab.servers.filter(server => server.kind === kind).map(server => server.dns)
  const writer = startWriter({
    endpoints: endpointsOf('peer'),
    key: key.value,
    zones: zones.filter(({ updates }) => updates !== 'none').map(({ name }) => name),
    ratePerSecond: UPDATES_PER_SECOND,
    updatesMax: UPDATES_MAX,
  })
  const querier = startQuerier({
    endpoints: endpointsOf('secondary'),
    zones: zones.map(({ name }) => name),
    ratePerSecond: QUERIES_PER_SECOND,
    patienceMs: PATIENCE_MS,
  })
  options.onEvent({
    kind: 'writing',
    updatesPerSecond: UPDATES_PER_SECOND,
    queriesPerSecond: QUERIES_PER_SECOND,
  })
  const switched = await switchThereAndBack(lab, options)
  const written = await writer.stop()
  const asked = await querier.stop()
  if (!switched.ok) return switched
  options.onEvent({ kind: 'proving' })
  const proof = await prove(lab, written)
  if (!proof.ok) return proof
  return ok({
    version: 1,
    document: 'demo',
    zones: lab.plan.zones,
    zonesDynamic: lab.plan.zonesDynamic,
    servers: lab.servers.length,
    switchovers: switched.value,
    updatesAcknowledged: written.acknowledged,
    queriesAnswered: asked.answered,
    queriesUnanswered: asked.unanswered + asked.wrong,
    ...proof.value,
    elapsedMs: Math.round(performance.now() - began),
  })
}

async function switchThereAndBack(
  lab: Lab,
  options: DemoOptions,
): Promise<Result<readonly RunDocument[], readonly Problem[]>> {
  const fleetFile = join(lab.folder, 'baton.yaml')
  const [first = '', second = ''] = lab.plan.peers
  const runs: RunDocument[] = []
  await pause(BREATH_MS)
  const seen = await look(fleetFile, options)
  if (!seen.ok) return seen
  for (const to of [second, first]) {
    const order = { fleetFile, set: undefined, to, without: [], reason: 'demo' }
    const prepared = await prepareSwitchover(order)
    if (!prepared.ok) return prepared
    const { plan, checks, start, close } = prepared.value
    const from = plan.handover?.from ?? ''
    options.onEvent({ kind: 'switching', from, to, checks: checks.length })
    const run = await start({
      signal: options.signal,
      onPlan: shown => options.onEvent({ kind: 'plan', plan: shown }),
      onEvent: event => options.onEvent({ kind: 'run', event }),
    })
    await close()
    if (!run.ok) return run
    options.onEvent({ kind: 'ran', run: run.value })
    if (run.value.outcome !== 'done') return fail(run.value.problems)
    runs.push(run.value)
    await pause(BREATH_MS)
  }
  const after = await look(fleetFile, options)
  return after.ok ? ok(runs) : after
}

async function look(fleetFile: string, options: DemoOptions): Promise<Result<void, readonly Problem[]>> {
  const session = await openSession({ fleetFile })
  if (!session.ok) return session
  options.onEvent({ kind: 'status', status: await statusOf(session.value) })
  await session.value.close()
  return ok(undefined)
}

type Proof = Pick<DemoDocument, 'updatesMissing' | 'serialsEqual' | 'contentEqual'>

/** Writes have ended: now every server must have every acknowledged update, every serial, and equal content. */
async function prove(lab: Lab, written: WriterReport): Promise<Result<Proof, readonly Problem[]>> {
  const session = await openSession({ fleetFile: join(lab.folder, 'baton.yaml') })
  if (!session.ok) return session
  try {
    const serialsEqual = await awaitAllCurrent(session.value)
    const missing = await findMissing(
      written.updates,
      lab.servers.map(({ dns }) => dns),
    )
    if (!missing.ok) return fail([missing.error])
    const { links, rendered } = session.value
    const [reference, ...servers] = lab.servers.map(({ name }) => linkOf(links, name))
    if (reference === undefined) return ok({ updatesMissing: 0, serialsEqual, contentEqual: false })
    const zones = rendered.get(reference.server.name)?.zones ?? []
    const { differences } = await compareContent(links, {
      reference,
      pairs: servers.flatMap(server => zones.map(zone => ({ server, zone }))),
    })
    return ok({
      updatesMissing: missing.value.length,
      serialsEqual,
      contentEqual: differences.length === 0,
    })
  } finally {
    await session.value.close()
  }
}

async function awaitAllCurrent(session: Parameters<typeof statusOf>[0]): Promise<boolean> {
  const deadline = performance.now() + SETTLED_DEADLINE_MS
  for (;;) {
    const { servers } = await statusOf(session)
    if (servers.every(({ zones }) => zones.current === zones.expected)) return true
    if (performance.now() > deadline) return false
    await pause(LOOK_INTERVAL_MS)
  }
}
