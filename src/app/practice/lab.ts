import { resolve } from 'node:path'
import { fail, ok, type Problem, type Refusal, type Result, refuse } from '../../core/base/index.ts'
import type { LabDocument } from '../contract/index.ts'
import {
  type Break,
  breakLab,
  createLab,
  type LabPlan,
  type LabStatus,
  listLab,
  mendLab,
  openLab,
  PLAN_DEFAULT,
  SERVER_BREAKS,
  startLab,
  stopLab,
  ZONE_BREAKS,
} from '../lab/index.ts'

/** Where a lab is, as a person named it. */
export type LabFolder = { readonly folder: string }

export type LabUpOptions = LabFolder & {
  readonly zones: number | undefined
  readonly zonesDynamic: number | undefined
  /** Where to look for `named` before the system's own folders: the PATH. */
  readonly searchPath: string
}

export type LabBreakOptions = LabFolder & {
  readonly kind: string | undefined
  readonly server: string | undefined
  readonly zone: string | undefined
}

const DYNAMIC_SHARE = 0.6

/** Starts the lab of a folder: a new one, or what does not run of the one that is there. */
export async function labUp(options: LabUpOptions): Promise<Result<LabDocument, readonly Problem[]>> {
  const folder = resolve(options.folder)
  const lab = openLab(folder).ok
    ? await startLab(folder)
    : await createLab({ folder, name: 'lab', plan: planFor(options), searchPath: options.searchPath })
  return lab.ok ? labList(options) : fail([lab.error])
}

/** Zones as asked for, or as many as the demo has; three in five take updates unless a number is given. */
export function planFor({ zones, zonesDynamic }: Pick<LabUpOptions, 'zones' | 'zonesDynamic'>): LabPlan {
  const count = zones ?? PLAN_DEFAULT.zones
  return { ...PLAN_DEFAULT, zones: count, zonesDynamic: zonesDynamic ?? Math.floor(count * DYNAMIC_SHARE) }
}

export async function labDown({ folder }: LabFolder): Promise<Result<LabDocument, readonly Problem[]>> {
  const stopped = await stopLab(resolve(folder))
  return stopped.ok ? labList({ folder }) : fail([stopped.error])
}

export function labList({ folder }: LabFolder): Result<LabDocument, readonly Problem[]> {
  const listed = listLab(resolve(folder))
  return listed.ok ? ok(labDocument(listed.value)) : fail([listed.error])
}

export async function labBreak(options: LabBreakOptions): Promise<Result<LabDocument, readonly Problem[]>> {
  const breakage = readBreak(options)
  if (!breakage.ok) return fail([breakage.error])
  const broken = await breakLab(resolve(options.folder), breakage.value)
  return broken.ok ? labList(options) : fail([broken.error])
}

/** Undoes everything that was broken. */
export async function labMend({ folder }: LabFolder): Promise<Result<LabDocument, readonly Problem[]>> {
  const mended = await mendLab(resolve(folder))
  return mended.ok ? labList({ folder }) : fail([mended.error])
}

function readBreak({ kind, server, zone }: LabBreakOptions): Result<Break, Refusal> {
  if (kind === undefined || server === undefined)
    return fail(
      refuse({
        code: 'cli.usage',
        subject: 'baton lab break',
        because: kind === undefined ? 'it is not said what to break' : 'it is not said on which server',
        remedy: `Of a server: ${SERVER_BREAKS.join(', ')}. Of a zone: ${ZONE_BREAKS.join(', ')}. For example \`baton lab break corrupt ns2 z3.example\`; --help says what each does.`,
      }),
    )
  const ofServer = SERVER_BREAKS.find(known => known === kind)
  if (ofServer !== undefined) return ok({ kind: ofServer, server })
  const ofZone = ZONE_BREAKS.find(known => known === kind)
  if (ofZone !== undefined && zone !== undefined) return ok({ kind: ofZone, server, zone })
  return fail(
    refuse({
      code: 'cli.usage',
      subject: kind,
      because: ofZone === undefined ? 'there is no such break' : 'it breaks one zone, and none is named',
      remedy:
        ofZone === undefined
          ? `Use one of ${[...SERVER_BREAKS, ...ZONE_BREAKS].join(', ')}.`
          : 'Name the zone after the server.',
    }),
  )
}

function labDocument({ lab, servers }: LabStatus): LabDocument {
  return {
    version: 1,
    document: 'lab',
    folder: lab.folder,
    fleet: lab.name,
    servers: servers.map(({ name, kind, state, pid, dns, control, statistics, breaks }) => ({
      server: name,
      kind,
      state,
      pid: pid ?? null,
      address: dns.address,
      dnsPort: dns.port,
      controlPort: control.port,
      statisticsPort: statistics.port,
      breaks: breaks.map(broken => ('zone' in broken ? `${broken.kind} ${broken.zone}` : broken.kind)),
    })),
  }
}
