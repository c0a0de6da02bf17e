import { readFileSync, writeFileSync } from 'node:fs'
import * as z from 'zod/mini'
import { type Failure, ok, type Result } from '../../core/base/index.ts'
import { type Break, SERVER_BREAKS, ZONE_BREAKS } from './break.ts'
import { errnoOfDisk, onDisk } from './disk.ts'
import { labServerPaths } from './layout.ts'
import type { Lab, LabServer } from './record.ts'

const breaksSchema = z.array(
  z.union([
    z.strictObject({ kind: z.enum(SERVER_BREAKS), server: z.string() }),
    z.strictObject({ kind: z.enum(ZONE_BREAKS), server: z.string(), zone: z.string() }),
  ]),
)

/** What is broken on a server, in the order in which it was broken. */
export function readBreaks(lab: Lab, server: LabServer): readonly Break[] {
  try {
    const text = readFileSync(labServerPaths(lab.folder, server.name).breaks, 'utf8')
    return breaksSchema.safeParse(JSON.parse(text)).data ?? []
  } catch (cause) {
    if (!(cause instanceof SyntaxError) && errnoOfDisk(cause) === undefined) throw cause
    return []
  }
}

export function writeBreaks(lab: Lab, server: LabServer, breaks: readonly Break[]): Result<void, Failure> {
  const path = labServerPaths(lab.folder, server.name).breaks
  return onDisk(path, () => writeFileSync(path, `${JSON.stringify(breaks)}\n`))
}

/** What was done to the process that ran before is over with it. */
export function forgetProcessBreaks(lab: Lab, server: LabServer): Result<void, Failure> {
  const breaks = readBreaks(lab, server)
  const lasting = breaks.filter(({ kind }) => kind !== 'crash' && kind !== 'hang')
  return lasting.length === breaks.length ? ok(undefined) : writeBreaks(lab, server, lasting)
}

export function isSameBreak(one: Break, other: Break): boolean {
  const zoneOf = (which: Break) => ('zone' in which ? which.zone : undefined)
  return one.kind === other.kind && one.server === other.server && zoneOf(one) === zoneOf(other)
}
