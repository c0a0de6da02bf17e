import { openSession } from '../../../src/app/commands/session/session.ts'
import { labPaths } from '../../../src/app/lab/index.ts'
import type { SharedKey } from '../../../src/core/base/index.ts'
import type { Fleet, Server } from '../../../src/core/fleet/index.ts'
import type { RenderedServer } from '../../../src/core/render/index.ts'
import type { SeenServer, Snapshot } from '../../../src/core/snapshot/index.ts'
import { observe, openLinks, type PreflightQuestions } from '../../../src/io/observe/index.ts'
import { clock } from '../journal/copies.ts'

/** What a lab's folder says of its fleet, and how long a test waits for one answer. */
export type LabFleet = {
  readonly fleet: Fleet
  readonly keys: ReadonlyMap<string, SharedKey>
  readonly rendered: ReadonlyMap<string, RenderedServer>
}

/** Short enough for a test that waits for a server that says nothing. */
const QUESTION_MS = 3_000

export async function readLabFleet(folder: string): Promise<LabFleet> {
  const session = await openSession({ fleetFile: labPaths(folder).fleet })
  if (!session.ok) throw new Error(JSON.stringify(session.error))
  await session.value.close()
  const { fleet, links, rendered } = session.value
  return { fleet, keys: links.keys, rendered }
}

/** The fleet, of which one server is described otherwise than it is. */
export function withServerAt(lab: LabFleet, name: string, change: object): LabFleet {
  const servers = lab.fleet.servers.map(server =>
    server.name === name ? ({ ...server, ...change } satisfies Server) : server,
  )
  return { ...lab, fleet: { ...lab.fleet, servers } }
}

/** One look at the whole fleet. */
export async function look(
  { fleet, keys, rendered }: LabFleet,
  preflight: ReadonlyMap<string, PreflightQuestions> = new Map(),
): Promise<Snapshot> {
  const links = openLinks({ fleet, keys, clock, questionMs: QUESTION_MS })
  if (!links.ok) throw new Error(links.error.because)
  try {
    return await observe(links.value, { rendered, preflight })
  } finally {
    await links.value.close()
  }
}

export function seenOf(snapshot: Snapshot, server: string): SeenServer {
  const seen = snapshot.servers.get(server)
  if (seen === undefined) throw new Error(`${server} was not looked at`)
  return seen
}
