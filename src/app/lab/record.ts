import { readFileSync, writeFileSync } from 'node:fs'
import * as z from 'zod/mini'
import { type Failure, fail, ok, type Refusal, type Result, refuse } from '../../core/base/index.ts'
import type { Endpoint } from '../../core/fleet/index.ts'
import { errnoOfDisk, onDisk } from './disk.ts'
import { labPaths } from './layout.ts'
import { type LabPlan, serversOf } from './plan.ts'
import { LAB_ADDRESS } from './ports.ts'

export const PORTS_PER_SERVER = 3
const RECORD_VERSION = 1

/** A lab as its `lab.json` describes it: what was made, not what runs. */
export type Lab = {
  /** Absolute. */
  readonly folder: string
  readonly name: string
  /** The program that every server runs. */
  readonly named: string
  readonly plan: LabPlan
  /** In the order of the plan, peers first. */
  readonly servers: readonly LabServer[]
}

export type LabServer = {
  readonly name: string
  readonly kind: 'peer' | 'secondary'
  /** Of a secondary. */
  readonly group: string | undefined
  readonly dns: Endpoint
  readonly control: Endpoint
  readonly statistics: Endpoint
}

const recordSchema = z.strictObject({
  version: z.literal(RECORD_VERSION),
  name: z.string(),
  named: z.string(),
  portFirst: z.int().check(z.minimum(1)),
  plan: z.strictObject({
    peers: z.array(z.string()),
    groups: z.array(
      z.strictObject({ name: z.string(), follows: z.array(z.string()), servers: z.array(z.string()) }),
    ),
    zones: z.int(),
    zonesDynamic: z.int(),
  }),
})

/** The servers of a plan on adjoining ports from `portFirst`, three each: DNS, control, statistics. */
export function placeServers(plan: LabPlan, portFirst: number): readonly LabServer[] {
  return serversOf(plan).map((name, index) => {
    const port = portFirst + index * PORTS_PER_SERVER
    const group = plan.groups.find(candidate => candidate.servers.includes(name))
    return {
      name,
      kind: group === undefined ? 'peer' : 'secondary',
      group: group?.name,
      dns: { address: LAB_ADDRESS, port },
      control: { address: LAB_ADDRESS, port: port + 1 },
      statistics: { address: LAB_ADDRESS, port: port + 2 },
    }
  })
}

/** Writes `lab.json`: from then on the folder is ours. */
export function writeRecord(lab: Lab): Result<void, Failure> {
  const path = labPaths(lab.folder).record
  const record: z.input<typeof recordSchema> = {
    version: RECORD_VERSION,
    name: lab.name,
    named: lab.named,
    portFirst: lab.servers[0]?.dns.port ?? 0,
    plan: {
      peers: [...lab.plan.peers],
      groups: lab.plan.groups.map(group => ({
        name: group.name,
        follows: [...group.follows],
        servers: [...group.servers],
      })),
      zones: lab.plan.zones,
      zonesDynamic: lab.plan.zonesDynamic,
    },
  }
  return onDisk(path, () => writeFileSync(path, `${JSON.stringify(record, undefined, 2)}\n`))
}

/** Reads the lab in this folder (an absolute path), or refuses a folder that holds none. */
export function openLab(folder: string): Result<Lab, Refusal> {
  const path = labPaths(folder).record
  const read = readRecord(path)
  if (!read.success)
    return fail(
      refuse({
        code: 'lab.folder-not-ours',
        subject: folder,
        because: `${path} is missing, or not as the lab writes it.`,
        remedy: 'Name the folder of a lab, or make one with "baton lab up".',
      }),
    )
  const { name, named, plan, portFirst } = read.data
  return ok({ folder, name, named, plan, servers: placeServers(plan, portFirst) })
}

/** The server of that name. */
export function findLabServer(lab: Lab, name: string): Result<LabServer, Refusal> {
  const server = lab.servers.find(candidate => candidate.name === name)
  if (server !== undefined) return ok(server)
  return fail(
    refuse({
      code: 'lab.unknown-server',
      subject: name,
      because: `The lab has no server "${name}".`,
      remedy: `Its servers are ${lab.servers.map(candidate => candidate.name).join(', ')}.`,
    }),
  )
}

function readRecord(path: string) {
  try {
    return recordSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')))
  } catch (cause) {
    if (!(cause instanceof SyntaxError) && errnoOfDisk(cause) === undefined) throw cause
    return recordSchema.safeParse(undefined)
  }
}
