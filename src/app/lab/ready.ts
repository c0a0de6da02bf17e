import { readFileSync } from 'node:fs'
import { type Failure, fail, failure, ok, type Result } from '../../core/base/index.ts'
import { fetchZoneStatistics } from '../../io/net/index.ts'
import { errnoOfDisk } from './disk.ts'
import { labServerPaths } from './layout.ts'
import type { Lab, LabServer } from './record.ts'
import { serverState } from './running.ts'
import { waitUntil } from './wait.ts'
import { labZones } from './zones.ts'

const READY_DEADLINE_MS = 30_000
/** On top, for each zone on each server, since all the servers of a lab load on the same few cores. */
const READY_DEADLINE_PER_ZONE_MS = 1
const STATISTICS_DEADLINE_MS = 10_000
const LOG_LINES_MAX = 5

/** How far along a server is to be: it answers on its statistics channel, or has loaded every zone of the lab too. */
export type Readiness = 'answering' | 'loaded'

/** Waits until a started server is ready; fails at once when its process ends. */
export async function awaitReady(
  lab: Lab,
  server: LabServer,
  until: Readiness,
): Promise<Result<void, Failure>> {
  const start = performance.now()
  const names = until === 'loaded' ? labZones(lab.plan).map(zone => zone.name) : []
  const deadlineMs = READY_DEADLINE_MS + READY_DEADLINE_PER_ZONE_MS * lab.plan.zones * lab.servers.length
  let missingCount: number | undefined
  const outcome = await waitUntil(async () => {
    if (serverState(lab, server) === 'gone') return true
    const seen = await fetchZoneStatistics(server.statistics, { deadlineMs: STATISTICS_DEADLINE_MS })
    if (!seen.ok) return false
    missingCount = names.filter(name => seen.value.zones.get(name)?.loaded !== true).length
    return missingCount === 0
  }, deadlineMs)
  if (serverState(lab, server) === 'gone')
    return fail(explain(lab, server, { code: 'lab.named-not-started', what: 'It ended.' }))
  if (outcome === 'so') return ok(undefined)
  const seconds = Math.round((performance.now() - start) / 1000)
  const seen =
    missingCount === undefined
      ? 'its statistics channel does not answer'
      : `${missingCount} of its zones are not loaded`
  return fail(explain(lab, server, { code: 'lab.not-ready', what: `After ${seconds} s ${seen}.` }))
}

type Trouble = { readonly code: 'lab.named-not-started' | 'lab.not-ready'; readonly what: string }

/** What went wrong, with what the server itself said about it. */
function explain(lab: Lab, server: LabServer, trouble: Trouble): Failure {
  const paths = labServerPaths(lab.folder, server.name)
  const said = [...complaints(paths.startLog), ...complaints(paths.log)].slice(-LOG_LINES_MAX)
  return failure({
    code: trouble.code,
    subject: server.name,
    because: said.length === 0 ? trouble.what : `${trouble.what} It said: ${said.join(' | ')}`,
    remedy: `Read ${paths.startLog} and ${paths.log}.`,
  })
}

/** The last lines of a log that speak of an error. */
function complaints(path: string): readonly string[] {
  try {
    const lines = readFileSync(path, 'utf8').split('\n')
    return lines.filter(line => /: (error|critical): /.test(line)).slice(-LOG_LINES_MAX)
  } catch (cause) {
    if (errnoOfDisk(cause) === undefined) throw cause
    return []
  }
}
