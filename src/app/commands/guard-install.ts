import { fail, ok, type Problem, type Refusal, type Result, refuse } from '../../core/base/index.ts'
import { isUnitName } from '../../core/guard/index.ts'
import { installUnits } from '../../io/engine/index.ts'
import type { GuardInstallation, GuardInstallDocument } from '../contract/index.ts'
import { compareScript, type GuardedPeer, type GuardOptions, withGuards } from './guard-peers.ts'
import { tryGuard } from './guard-test.ts'
import { compareUnits, namedUnit, type UnitPlaces, unitsFolder } from './guard-units.ts'
import type { Session } from './session.ts'

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
    for (const [index, { link }] of peers.entries()) {
      const files = servers[index]?.files.filter(({ change }) => change !== 'same') ?? []
      const written = await installUnits(link.host, files)
      if (!written.ok) return fail([written.error])
    }
    return ok({ ...document, servers: servers.map(server => ({ ...server, written: true, obstacle: null })) })
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
  const tried = await tryGuard(session, guarded)
  if (!tried.ok) return tried
  const folder = await unitsFolder(link.host, places)
  if (!folder.ok) return folder
  if (folder.value === undefined) return ok(byScript(peer.name, script))
  const unit = await namedUnit(link.host, places)
  if (!unit.ok) return unit
  const files = await compareUnits(link.host, folder.value, { script, unit: unit.value })
  if (!files.ok) return files
  const looked = await link.host.folders({ paths: [folder.value], user: undefined })
  if (!looked.ok) return looked
  const [there] = looked.value
  const written = files.value.every(({ change }) => change === 'same')
  const obstacle = there?.writable === true ? null : `${folder.value}: ${there?.because ?? 'it is not known'}`
  return ok({
    server: peer.name,
    startedBy: 'systemd',
    files: files.value,
    written,
    obstacle: written ? null : obstacle,
    commands: ['systemctl daemon-reload', 'systemctl enable --now baton-guard.timer'],
  })
}

function byScript(server: string, script: string): GuardInstallation {
  return {
    server,
    startedBy: 'script',
    files: [],
    written: true,
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
