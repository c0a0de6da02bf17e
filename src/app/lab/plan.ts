import { fail, ok, type Refusal, type Result, refuse } from '../../core/base/index.ts'

const SERVERS_MAX = 32
const ZONES_MAX = 100_000
const SERVER_NAME = /^[a-z][a-z0-9-]{0,30}$/

/** Which servers a lab has, and who follows whom. */
export type LabPlan = {
  /** Two or more; the first is active to begin with. */
  readonly peers: readonly string[]
  readonly groups: readonly LabGroup[]
  readonly zones: number
  /** How many of the zones take dynamic updates; they are spread evenly among the others. */
  readonly zonesDynamic: number
}

export type LabGroup = {
  readonly name: string
  /** Peers, in the order in which the group asks them. */
  readonly follows: readonly string[]
  readonly servers: readonly string[]
}

/** Two peers, two secondaries that ask the one first, two that ask the other first. */
export const PLAN_DEFAULT: LabPlan = {
  peers: ['ns1', 'ns2'],
  groups: [
    { name: 'east', follows: ['ns1', 'ns2'], servers: ['e1', 'e2'] },
    { name: 'west', follows: ['ns2', 'ns1'], servers: ['w1', 'w2'] },
  ],
  zones: 200,
  zonesDynamic: 120,
}

/** Refuses what no fleet could be, before anything is written. */
export function checkPlan(plan: LabPlan): Result<LabPlan, Refusal> {
  const servers = serversOf(plan)
  const strangers = plan.groups.flatMap(group => group.follows.filter(name => !plan.peers.includes(name)))
  const unfit = servers.find(name => !SERVER_NAME.test(name))
  if (plan.peers.length < 2) return refusePlan('A fleet has at least two peers.')
  if (servers.length > SERVERS_MAX) return refusePlan(`A lab has at most ${SERVERS_MAX} servers.`)
  if (new Set(servers).size < servers.length) return refusePlan('Two servers have the same name.')
  if (unfit !== undefined)
    return refusePlan(`"${unfit}" is no server name: lower-case letters, digits and "-", 31 at most.`)
  if (strangers.length > 0) return refusePlan(`A group follows "${strangers[0]}", which is no peer.`)
  if (!isCount(plan.zones) || plan.zones < 1 || plan.zones > ZONES_MAX)
    return refusePlan(`A lab has from 1 to ${ZONES_MAX} zones.`)
  if (!isCount(plan.zonesDynamic) || plan.zonesDynamic > plan.zones)
    return refusePlan(`From 0 to ${plan.zones} of ${plan.zones} zones can take updates.`)
  return ok(plan)
}

/** Every server's name: peers first, then the groups' secondaries, in the order of the plan. */
export function serversOf(plan: LabPlan): readonly string[] {
  return [...plan.peers, ...plan.groups.flatMap(group => group.servers)]
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0
}

function refusePlan(because: string): Result<never, Refusal> {
  return fail(
    refuse({ code: 'lab.plan', subject: 'the lab', because, remedy: 'Ask for a layout within that limit.' }),
  )
}
