import { mkdirSync, readdirSync } from 'node:fs'
import { type Failure, fail, ok, type Refusal, type Result, refuse } from '../../core/base/index.ts'
import { locateNamed, prepareNamed } from './binary.ts'
import { bootServers } from './boot.ts'
import { onDisk } from './disk.ts'
import { installRendered } from './install.ts'
import { labPaths } from './layout.ts'
import { writeFleetFiles } from './operator-files.ts'
import { checkPlan, type LabPlan, serversOf } from './plan.ts'
import { findPorts } from './ports.ts'
import { type Lab, openLab, PORTS_PER_SERVER, placeServers, writeRecord } from './record.ts'
import { seedServers } from './seed.ts'
import { startServers } from './start.ts'
import { stopLab } from './stop.ts'

/** What a new lab is to be. */
export type LabOptions = {
  /** Absolute; missing or empty. */
  readonly folder: string
  /** The fleet's name. */
  readonly name: string
  readonly plan: LabPlan
  /** Where to look for `named` before the system's own folders: the PATH. */
  readonly searchPath: string
}

/**
 * Makes a fleet in a folder of its own, with its `baton.yaml`, and starts it: every server a real `named` on loopback with
 * ports of its own, all zones loaded. When a server does not start, all are stopped again and the folder stays for reading.
 */
export async function createLab(options: LabOptions): Promise<Result<Lab, Failure | Refusal>> {
  const laid = await layLab(options)
  if (!laid.ok) return laid
  return startOrStop(laid.value)
}

/** Boots what does not run of a lab, as it was left and as the guards allow; what runs goes on. */
export async function startLab(folder: string): Promise<Result<Lab, Failure | Refusal>> {
  const lab = openLab(folder)
  if (!lab.ok) return lab
  const booted = await bootServers(lab.value)
  return booted.ok ? lab : booted
}

/** Everything but starting: the folder with all its files. */
async function layLab(options: LabOptions): Promise<Result<Lab, Failure | Refusal>> {
  const plan = checkPlan(options.plan)
  if (!plan.ok) return plan
  const program = locateNamed(options.searchPath)
  if (!program.ok) return program
  const claimed = claimFolder(options.folder)
  if (!claimed.ok) return claimed
  const ports = await findPorts(serversOf(plan.value).length * PORTS_PER_SERVER)
  if (!ports.ok) return ports
  const copyTo = labPaths(options.folder).binary
  const named = onDisk(copyTo, () => prepareNamed(program.value, copyTo))
  if (!named.ok) return named
  const lab: Lab = {
    folder: options.folder,
    name: options.name,
    named: named.value.path,
    plan: plan.value,
    servers: placeServers(plan.value, ports.value[0] ?? 0),
  }
  const recorded = writeRecord(lab)
  if (!recorded.ok) return recorded
  const written = writeFleetFiles(lab)
  if (!written.ok) return written
  const installed = installRendered(lab, program.value.release)
  if (!installed.ok) return installed
  const seeded = await seedServers(lab)
  return seeded.ok ? ok(lab) : seeded
}

async function startOrStop(lab: Lab): Promise<Result<Lab, Failure | Refusal>> {
  const started = await startServers(lab)
  if (started.ok) return ok(lab)
  if (started.error.kind === 'failure') await stopLab(lab.folder)
  return started
}

/** Makes the folder, and refuses one with anything in it. */
function claimFolder(folder: string): Result<void, Failure | Refusal> {
  const names = onDisk(folder, () => {
    mkdirSync(folder, { recursive: true })
    return readdirSync(folder)
  })
  if (!names.ok) return names
  if (names.value.length === 0) return ok(undefined)
  if (openLab(folder).ok)
    return fail(
      refuse({
        code: 'lab.exists',
        subject: folder,
        because: 'There is a lab in this folder already.',
        remedy: '`baton lab up` starts the one that is there; or remove its folder first.',
      }),
    )
  return fail(
    refuse({
      code: 'lab.folder-not-empty',
      subject: folder,
      because: `The folder holds files that are not the lab's, "${names.value[0]}" for one.`,
      remedy: 'Choose a folder that is empty or does not exist yet.',
    }),
  )
}
