import { findServer, type Lab, readLabKey, startWriter, type Writer } from '../../src/app/lab/index.ts'
import { parseDomainName } from '../../src/core/base/index.ts'

const RATE_PER_SECOND = 40
const UPDATES_MAX = 100_000

/** One update after another of one zone on one server. */
export function keepWriting(lab: Lab, server: string, zone: string): Writer {
  const key = readLabKey(lab.folder, 'writer')
  const found = findServer(lab, server)
  const name = parseDomainName(zone)
  if (!key.ok || !found.ok || !name.ok) throw new Error(`no writer for ${zone}`)
  return startWriter({
    endpoints: [found.value.dns],
    key: key.value,
    zones: [name.value],
    ratePerSecond: RATE_PER_SECOND,
    updatesMax: UPDATES_MAX,
  })
}
