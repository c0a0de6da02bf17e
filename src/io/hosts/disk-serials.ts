import { type Failure, ok, type Result } from '../../core/base/index.ts'
import { type DiskSerial, readDiskSerial } from '../../core/zonefile/index.ts'
import { loadSerials } from './disk-serials-loaded.ts'
import type { FileHead, Host } from './host.ts'
import type { DiskSerialsRequest, ZoneFiles } from './zone-files.ts'

/** Most zones show their serial in this much of the file, at a cost that 20,000 zones can bear. */
const HEAD_BYTES = 512
/** Signed zones in raw format, and text with long comments, need more: one signature has 130 bytes. */
const HEAD_BYTES_LONG = 64 * 1024
/** Zones read at once, so that the heads of 20,000 zones are never all in memory. */
const ZONES_PER_READ = 4096
const ZONES_PER_READ_LONG = 256
/** A zone dumped between the reading of its journal and its file looks as if they did not fit: it is read again. */
const READS_MAX = 3

type Found = DiskSerial | { readonly kind: 'beyond' }

/**
 * The serial at which named would load each zone, by id: from the heads of its file and journal, then from longer
 * heads, then by loading it with `named-compilezone`, each for what the step before left open. Every zone has an entry.
 */
export async function diskSerials(
  host: Host,
  request: DiskSerialsRequest,
): Promise<Result<ReadonlyMap<string, DiskSerial>, Failure>> {
  const serials = new Map<string, DiskSerial>()
  let open = request.zones
  for (const step of [
    { bytes: HEAD_BYTES, zonesPerRead: ZONES_PER_READ },
    { bytes: HEAD_BYTES_LONG, zonesPerRead: ZONES_PER_READ_LONG },
  ]) {
    const found = await readAll(host, { ...request, zones: open }, step)
    if (!found.ok) return found
    open = open.filter(zone => {
      const serial = found.value.get(zone.id)
      if (serial === undefined || serial.kind === 'beyond') return true
      serials.set(zone.id, serial)
      return false
    })
  }
  const loaded = await loadSerials(host, { ...request, zones: open })
  if (!loaded.ok) return loaded
  for (const [id, serial] of loaded.value) serials.set(id, serial)
  return ok(serials)
}

type Step = { readonly bytes: number; readonly zonesPerRead: number }

async function readAll(
  host: Host,
  { folder, zones }: DiskSerialsRequest,
  step: Step,
): Promise<Result<ReadonlyMap<string, Found>, Failure>> {
  const all = new Map<string, Found>()
  let pending = zones
  for (let read = 0; read < READS_MAX && pending.length > 0; read++) {
    for (let from = 0; from < pending.length; from += step.zonesPerRead) {
      const portion = { folder, zones: pending.slice(from, from + step.zonesPerRead) }
      const found = await readPortion(host, portion, step.bytes)
      if (!found.ok) return found
      for (const [id, serial] of found.value) all.set(id, serial)
    }
    pending = pending.filter(({ id }) => all.get(id)?.kind === 'unreadable')
  }
  return ok(all)
}

async function readPortion(
  host: Host,
  { folder, zones }: DiskSerialsRequest,
  bytes: number,
): Promise<Result<ReadonlyMap<string, Found>, Failure>> {
  const paths = zones.flatMap(({ file, journal }) => [journal, file])
  const heads = await host.heads({ folder, paths, bytes })
  if (!heads.ok) return heads
  return ok(new Map(zones.map(zone => [zone.id, readZone(zone, heads.value)])))
}

function readZone(zone: ZoneFiles, heads: ReadonlyMap<string, Result<FileHead, Failure>>): Found {
  const file = heads.get(zone.file)
  const journal = heads.get(zone.journal)
  if (file?.ok === false) return { kind: 'unreadable', because: file.error.because }
  if (journal?.ok === false) return { kind: 'unreadable', because: journal.error.because }
  return readDiskSerial({ file: file?.value, journal: journal?.value, format: zone.format })
}
