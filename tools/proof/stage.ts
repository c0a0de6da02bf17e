import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  findPorts,
  type Lab,
  type LabServer,
  labServerPaths,
  startServer,
  stopLab,
  stopServer,
} from '../../src/app/lab/index.ts'
import { signalProcess } from '../../src/app/lab/process.ts'
import { readLabProcess } from '../../src/app/lab/running.ts'
import { must } from '../../test/support/rejoin.ts'
import { beginStory } from '../../test/support/story.ts'
import type { End } from './draw-round.ts'
import { type FreezableDisk, mountFreezableDisk } from './freezable-disk.ts'
import { type Relay, startRelay } from './relay.ts'

export const ACTIVE = 'ns1'
export const STANDBY = 'ns2'
export const SECONDARIES = ['e1', 'w1'] as const

const PLAN = {
  groups: [
    { name: 'east', follows: [ACTIVE, STANDBY], servers: [SECONDARIES[0]] },
    { name: 'west', follows: [STANDBY, ACTIVE], servers: [SECONDARIES[1]] },
  ],
  zones: 12,
  zonesDynamic: 8,
}

const REMOVALS_MAX = 5

/** A lab whose active can go in the way of a round. */
export type Stage = {
  /** Its active is where it can be reached even when it is cut off. */
  readonly lab: Lab
  readonly fleetFile: string
  /** In front of the active: DNS, control, statistics. Nothing where it is not to be cut off. */
  readonly relays: readonly Relay[]
  /** Under the active's zones, where its disk is to be frozen. */
  readonly disk: FreezableDisk | undefined
  /** Ends every server; the folder is kept for reading or removed. */
  remove(folder: 'kept' | 'removed'): Promise<void>
}

/** How long a failover waits for servers to follow: those that ask a hung active first are late, and are let be late. */
const CONVERGENCE_MAX: Readonly<Record<End, string>> = {
  killed: '30s',
  stopped: '30s',
  'cut-off': '10s',
  hung: '10s',
  'disk-frozen': '10s',
}

export async function setStage(end: End): Promise<Stage> {
  const { lab, fleetFile } = await beginStory(PLAN, { 'convergence-max': CONVERGENCE_MAX[end] })
  const relays: Relay[] = []
  const disks: FreezableDisk[] = []
  const remove = async (folder: 'kept' | 'removed') => {
    for (const disk of disks) await disk.thaw()
    await must(stopLab(lab.folder))
    for (const disk of disks) await disk.remove()
    await Promise.all(relays.map(relay => relay.close()))
    // Whatever was under way when a round was stopped may write a last file.
    if (folder === 'removed') rmSync(lab.folder, { recursive: true, maxRetries: REMOVALS_MAX })
  }
  try {
    if (end === 'disk-frozen') {
      await must(stopServer(lab, ACTIVE))
      disks.push(await mountFreezableDisk(labServerPaths(lab.folder, ACTIVE).directory))
      await must(startServer(lab, ACTIVE, 'loaded'))
    }
    const placed = end === 'cut-off' ? await moveBehind(lab, relays) : lab
    return { lab: placed, fleetFile, relays, disk: disks[0], remove }
  } catch (cause) {
    await remove('removed')
    throw cause
  }
}

const DOORS = ['dns', 'control', 'statistics'] as const
/** Where a server's base is written out. */
const CONFIGURATIONS = ['baton/base.conf', 'named.active.conf', 'named.standby.conf', 'named.conf']

/** The active goes on with other ports, and its old ones are relays to them. */
async function moveBehind(lab: Lab, relays: Relay[]): Promise<Lab> {
  await must(stopServer(lab, ACTIVE))
  const ports = await must(findPorts(DOORS.length))
  const moved: LabServer[] = []
  for (const server of lab.servers) {
    if (server.name !== ACTIVE) {
      moved.push(server)
      continue
    }
    const paths = labServerPaths(lab.folder, ACTIVE)
    const read = CONFIGURATIONS.map(name => join(paths.configuration, name))
    for (const path of [paths.base, ...read]) {
      const text = DOORS.reduce(
        (edited, door, index) => edited.replaceAll(`port ${server[door].port} `, `port ${ports[index]} `),
        readFileSync(path, 'utf8'),
      )
      writeFileSync(path, text)
    }
    const own = { ...server }
    for (const [index, door] of DOORS.entries()) {
      own[door] = { ...server[door], port: ports[index] ?? 0 }
      relays.push(await startRelay({ from: server[door], to: own[door] }))
    }
    moved.push(own)
  }
  const placed = { ...lab, servers: moved }
  await must(startServer(placed, ACTIVE, 'loaded'))
  return placed
}

/** Sends a signal to one server of the lab, and does not wait for what comes of it. */
export function signalServer({ lab }: Pick<Stage, 'lab'>, name: string, signal: NodeJS.Signals): void {
  const server = lab.servers.find(candidate => candidate.name === name)
  const identity = server && readLabProcess(lab, server)
  if (identity !== undefined) signalProcess(identity, signal)
}
