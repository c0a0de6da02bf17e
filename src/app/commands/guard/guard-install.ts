import { fail, ok, type Problem, type Refusal, type Result, refuse } from '../../../core/base/index.ts'
import { isUnitName } from '../../../core/guard/index.ts'
import { exposedInWords, exposedRemedy, type SeenExposure } from '../../../core/snapshot/index.ts'
import { installUnits, protectFiles } from '../../../io/engine/index.ts'
import type { GuardInstallation, GuardInstallDocument } from '../../contract/index.ts'
import type { Session } from '../session/session.ts'
import { compareScript, exposuresOn, type GuardedPeer, type GuardOptions, withGuards } from './guard-peers.ts'
import { tryGuard } from './guard-test.ts'
import { compareUnits, namedUnit, type UnitPlaces, unitsFolder } from './guard-units.ts'

export type GuardInstallOptions = GuardOptions &
  UnitPlaces & {
    /** Asked once, with all that would be written; nothing when it is only to be shown. */
    readonly agree: ((document: GuardInstallDocument) => Promise<Result<void, Refusal>>) | undefined
  }

/** Lets systemd run the guard of every peer that has systemd; says of the others what starts it there. */
export function guardInstall(
  options: GuardInstallOptions,
): Promise<Result<GuardInstallDocument, readonly Problem[]>> {
  const wrong = wrongWords(options)
  if (wrong !== undefined) return Promise.resolve(fail([wrong]))
  return withGuards(options, async (session, peers) => {
    const servers: GuardInstallation[] = []
    for (const peer of peers) {
      const planned = await planInstallation(session, peer, options)
      if (!planned.ok) return fail([planned.error])
      servers.push(planned.value)
    }
    const shared = shareMachine(peers, servers)
    if (shared !== undefined) return fail([shared])
    const document = { version: 1, document: 'guard-install', fleet: session.fleet.name, servers } as const
    if (options.agree === undefined || servers.every(({ written }) => written)) return ok(document)
    const forbidden = servers.flatMap(({ server, obstacle }) =>
      obstacle === null ? [] : [notAllowed(server, obstacle)],
    )
    if (forbidden.length > 0) return fail(forbidden)
    const agreed = await options.agree(document)
    if (!agreed.ok) return fail([agreed.error])
    for (const [index, guarded] of peers.entries()) {
      const { link } = guarded
      const repaired = await repair(session, guarded, servers[index]?.exposed ?? [])
      if (!repaired.ok) return fail([repaired.error])
      const files = servers[index]?.files.filter(({ change }) => change !== 'same') ?? []
      const written = await installUnits(link.host, files)
      if (!written.ok) return fail([written.error])
    }
    return ok({
      ...document,
      servers: servers.map(server => ({ ...server, exposed: [], written: true, obstacle: null })),
    })
  })
}

/** A guard that is not ours, or does not run, would keep named from starting: it is tried before anything starts it. */
async function planInstallation(
  session: Session,
  guarded: GuardedPeer,
  places: UnitPlaces,
): Promise<Result<GuardInstallation, Problem>> {
  const { peer, link, script } = guarded
  const standing = await compareScript(session, guarded)
  if (!standing.ok) return standing
  if (standing.value !== 'current') return fail(notCurrent(peer.name, standing.value))
  const exposures = await exposuresOn(session, guarded)
  if (!exposures.ok) return exposures
  const above = exposures.value.filter(({ kind }) => kind === 'above')
  if (above.length > 0) return fail(exposedAbove(peer.name, above))
  const exposed = exposures.value.map(({ path }) => path)
  if (exposed.length === 0) {
    const tried = await tryGuard(session, guarded)
    if (!tried.ok) return tried
  }
  const folder = await unitsFolder(link.host, places)
  if (!folder.ok) return folder
  if (folder.value === undefined) return ok(byScript(peer.name, script, exposed))
  const unit = await namedUnit(link.host, places)
  if (!unit.ok) return unit
  const files = await compareUnits(link.host, folder.value, { script, unit: unit.value })
  if (!files.ok) return files
  const looked = await link.host.folders({ paths: [folder.value], user: undefined })
  if (!looked.ok) return looked
  const [there] = looked.value
  const written = exposed.length === 0 && files.value.every(({ change }) => change === 'same')
  const obstacle = there?.writable === true ? null : `${folder.value}: ${there?.because ?? 'it is not known'}`
  return ok({
    server: peer.name,
    startedBy: 'systemd',
    files: files.value,
    exposed,
    written,
    obstacle: written ? null : obstacle,
    commands: ['systemctl daemon-reload', 'systemctl enable --now baton-guard.timer'],
  })
}

/** What others could change belongs to root before anything of it is run, and is still the guard of this Baton. */
async function repair(
  session: Session,
  guarded: GuardedPeer,
  exposed: readonly string[],
): Promise<Result<void, Problem>> {
  if (exposed.length === 0) return ok(undefined)
  const { peer, link } = guarded
  const repaired = await protectFiles(link, session.rendered.get(peer.name))
  if (!repaired.ok) return repaired
  const standing = await compareScript(session, guarded)
  if (!standing.ok) return standing
  if (standing.value !== 'current') return fail(notCurrent(peer.name, standing.value))
  const tried = await tryGuard(session, guarded)
  return tried.ok ? ok(undefined) : tried
}

function byScript(server: string, script: string, exposed: readonly string[]): GuardInstallation {
  return {
    server,
    startedBy: 'script',
    files: [],
    exposed,
    written: exposed.length === 0,
    obstacle: null,
    commands: [`sh ${script} boot && named …`, `* * * * * sh ${script} watch`],
  }
}

function wrongWords({ unit, folder }: UnitPlaces): Refusal | undefined {
  if (unit !== undefined && !isUnitName(unit))
    return refuse({
      code: 'cli.usage',
      subject: `--unit ${unit}`,
      because: 'this is no name of a service',
      remedy: 'Give it as systemd does, such as `named.service`.',
    })
  if (folder === undefined || folder.startsWith('/')) return undefined
  return refuse({
    code: 'cli.usage',
    subject: `--units ${folder}`,
    because: 'the folder of units is on the servers, so where Baton was started says nothing of it',
    remedy: 'Give its whole path, such as `/etc/systemd/system`.',
  })
}

/** Peers that are both reached as this machine would write the same units, each for a guard of its own. */
function shareMachine(
  peers: readonly GuardedPeer[],
  servers: readonly GuardInstallation[],
): Refusal | undefined {
  const local = peers
    .filter(({ peer }, index) => peer.reach.kind === 'local' && servers[index]?.startedBy === 'systemd')
    .map(({ peer }) => peer.name)
  if (local.length < 2) return undefined
  return refuse({
    code: 'guard.one-machine',
    subject: local.join(', '),
    because: 'all of them are on this machine, and the units can start the guard of one',
    remedy: `Name one: \`baton guard install ${local[0]}\`; another needs a folder of its own (--units).`,
  })
}

function exposedAbove(server: string, exposures: readonly SeenExposure[]): Refusal {
  return refuse({
    code: 'guard.exposed',
    subject: server,
    because: exposedInWords(exposures),
    remedy: exposedRemedy(exposures) ?? '`baton push`, as root, sets owners and modes right.',
  })
}

function notCurrent(server: string, script: 'different' | 'missing'): Refusal {
  return refuse({
    code: script === 'missing' ? 'guard.script-missing' : 'guard.script-different',
    subject: server,
    because:
      script === 'missing' ? 'there is no `baton/guard` yet' : 'its `baton/guard` is not that of this Baton',
    remedy: '`baton push` writes it; then install.',
  })
}

function notAllowed(server: string, obstacle: string): Refusal {
  return refuse({
    code: 'guard.may-not-install',
    subject: server,
    because: `Baton may not write to ${obstacle}`,
    remedy:
      'Run it as root there, or put there what `baton guard install --dry-run` prints and type its commands as root.',
  })
}
