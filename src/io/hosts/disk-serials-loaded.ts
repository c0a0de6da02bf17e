import { type Failure, fail, ok, type Result, serialFrom } from '../../core/base/index.ts'
import type { DiskSerial } from '../../core/zonefile/index.ts'
import type { Host } from './host.ts'
import type { DiskSerialsRequest, ZoneFiles } from './zone-files.ts'

/** Loading is slow; a fleet with more such zones than this is told so instead of waiting for minutes. */
const ZONES_LOADED_MAX = 256
const LOADS_AT_ONCE = 2
/** One zone of a million records takes a few seconds. */
const LOAD_DEADLINE_MS = 60_000

const LOADED = /: loaded serial (\d+)/

/** The serials of zones whose heads do not tell, by loading each, journal and all, with `named-compilezone`. */
export async function loadSerials(
  host: Host,
  { folder, user, zones }: DiskSerialsRequest,
): Promise<Result<ReadonlyMap<string, DiskSerial>, Failure>> {
  const serials = new Map<string, DiskSerial>(zones.slice(ZONES_LOADED_MAX).map(({ id }) => [id, TOO_MANY]))
  const queue = zones.slice(0, ZONES_LOADED_MAX).values()
  const failures: Failure[] = []
  await Promise.all(
    Array.from({ length: LOADS_AT_ONCE }, async () => {
      for (const zone of queue) {
        const serial = await loadSerial(host, { folder, user }, zone)
        if (serial.ok) serials.set(zone.id, serial.value)
        else failures.push(serial.error)
        if (failures.length > 0) return
      }
    }),
  )
  const [failed] = failures
  return failed === undefined ? ok(serials) : fail(failed)
}

const TOO_MANY: DiskSerial = {
  kind: 'unreadable',
  because: `its SOA is not near the beginning of its file, as with more than ${ZONES_LOADED_MAX} zones`,
}

async function loadSerial(
  host: Host,
  where: Pick<DiskSerialsRequest, 'folder' | 'user'>,
  zone: ZoneFiles,
): Promise<Result<DiskSerial, Failure>> {
  const { name, file, journal, format } = zone
  const deadlineMs = LOAD_DEADLINE_MS
  const outcome = await host.run({
    kind: 'named-compilezone',
    zone: name,
    file,
    journal,
    format,
    ...where,
    deadlineMs,
  })
  if (!outcome.ok)
    return outcome.error.code === 'hosts.command-deadline'
      ? ok({ kind: 'unreadable', because: outcome.error.because })
      : outcome
  const said = `${outcome.value.stdout}\n${outcome.value.stderr}`
  const serial = serialFrom(Number(LOADED.exec(said)?.[1] ?? Number.NaN))
  if (outcome.value.exit === 0 && serial !== undefined) return ok({ kind: 'serial', serial })
  return ok({ kind: 'unreadable', because: `named-compilezone does not load it: ${firstComplaint(said)}` })
}

function firstComplaint(said: string): string {
  return (
    said
      .split('\n')
      .find(line => line.trim() !== '')
      ?.trim() ?? 'it gave no reason'
  )
}
