import { type Failure, fail, ok, type Refusal, type Result, refuse } from '../../../core/base/index.ts'
import { NAMED_UNITS, printUnits, type UnitFile } from '../../../core/guard/index.ts'
import { digestOf } from '../../../core/pushed/index.ts'
import type { Host } from '../../../io/hosts/index.ts'

/** Exists while systemd runs the machine: sd_booted(3). */
const SYSTEMD_RUNS = '/run/systemd/system'

/** Where an administrator's units are. */
const UNITS_FOLDER = '/etc/systemd/system'

/** Where the units of packages are. */
const PACKAGED_FOLDERS = ['/usr/lib/systemd/system', '/lib/systemd/system']

export type UnitPlaces = {
  /** The folder of units that was named; systemd is taken for there then. */
  readonly folder: string | undefined
  /** The unit that was named. */
  readonly unit: string | undefined
}

/** The folder in which the guard's units belong, or nothing where systemd does not run. */
export async function unitsFolder(
  host: Host,
  { folder }: UnitPlaces,
): Promise<Result<string | undefined, Failure>> {
  if (folder !== undefined) return ok(folder)
  const looked = await host.folders({ paths: [SYSTEMD_RUNS], user: undefined })
  if (!looked.ok) return looked
  return ok(looked.value[0]?.exists === true ? UNITS_FOLDER : undefined)
}

/** The unit that starts named on the server: as was said, or the one that is there. */
export async function namedUnit(
  host: Host,
  { folder, unit }: UnitPlaces,
): Promise<Result<string, Failure | Refusal>> {
  if (unit !== undefined) return ok(unit)
  const folders = [folder ?? UNITS_FOLDER, ...PACKAGED_FOLDERS]
  const paths = NAMED_UNITS.flatMap(name => folders.map(each => `${each}/${name}`))
  const [links, digests] = await Promise.all([host.links(paths), host.digests(paths)])
  if (!links.ok) return links
  if (!digests.ok) return digests
  const own = paths.find(path => digests.value.has(path) && !links.value.includes(path))
  const name = NAMED_UNITS.find(each => own?.endsWith(`/${each}`) === true)
  return name === undefined ? fail(unitUnknown(host.server)) : ok(name)
}

export type UnitState = UnitFile & { readonly change: 'new' | 'changed' | 'same' }

/** The units that belong there, by their absolute paths, against what is there. */
export async function compareUnits(
  host: Host,
  folder: string,
  request: { readonly script: string; readonly unit: string },
): Promise<Result<readonly UnitState[], Failure>> {
  const files = printUnits(request).map(({ path, content }) => ({ path: `${folder}/${path}`, content }))
  const digests = await host.digests(files.map(({ path }) => path))
  if (!digests.ok) return digests
  return ok(
    files.map(file => {
      const found = digests.value.get(file.path)
      const change = found === undefined ? 'new' : found === digestOf(file.content) ? 'same' : 'changed'
      return { ...file, change }
    }),
  )
}

function unitUnknown(server: string): Refusal {
  return refuse({
    code: 'guard.unit-unknown',
    subject: server,
    because: `systemd has none of ${NAMED_UNITS.join(', ')} there`,
    remedy: 'Name the unit that starts named with --unit; `systemctl status PID` of named says which it is.',
  })
}
