import { readFileSync, writeFileSync } from 'node:fs'
import * as z from 'zod/mini'
import type { Failure, Result } from '../../core/base/index.ts'
import { errnoOfDisk, onDisk } from './disk.ts'
import { labServerPaths } from './layout.ts'
import { type ProcessIdentity, type ProcessState, processState } from './process.ts'
import type { Lab, LabServer } from './record.ts'

const identitySchema = z.strictObject({
  pid: z.int().check(z.minimum(2)),
  startTicks: z.int(),
  boot: z.string().check(z.minLength(1)),
})

/** A server's process as far as the lab started it; nothing when it never did, or its note is unreadable. */
export function readLabProcess(lab: Lab, server: LabServer): ProcessIdentity | undefined {
  try {
    const text = readFileSync(labServerPaths(lab.folder, server.name).process, 'utf8')
    return identitySchema.safeParse(JSON.parse(text)).data
  } catch (cause) {
    if (!(cause instanceof SyntaxError) && errnoOfDisk(cause) === undefined) throw cause
    return undefined
  }
}

/** Notes the process at once after its start, so that whoever comes next can end it. */
export function writeProcess(lab: Lab, server: LabServer, identity: ProcessIdentity): Result<void, Failure> {
  const path = labServerPaths(lab.folder, server.name).process
  return onDisk(path, () => writeFileSync(path, `${JSON.stringify(identity)}\n`))
}

/** What has become of a server's process. */
export function serverState(lab: Lab, server: LabServer): ProcessState {
  const identity = readLabProcess(lab, server)
  return identity === undefined ? 'gone' : processState(identity)
}
