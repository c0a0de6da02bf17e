import {
  CODES,
  type Failure,
  type Instant,
  type ListedCode,
  ok,
  type Problem,
  type Result,
} from '../../../core/base/index.ts'
import { type GuardLine, NAMED_UNITS, readGuardLine } from '../../../core/guard/index.ts'
import { exposedInWords, exposedRemedy, type SeenExposure } from '../../../core/snapshot/index.ts'
import type { Host } from '../../../io/hosts/index.ts'
import type { GuardDecision, GuardFinding, GuardStatus, GuardStatusDocument } from '../../contract/index.ts'
import type { Session } from '../session/session.ts'
import { compareScript, exposuresOn, type GuardedPeer, type GuardOptions, withGuards } from './guard-peers.ts'
import { compareUnits, type UnitPlaces, unitsFolder } from './guard-units.ts'

/** A timer that called the guard before and has not for so long does not run, in milliseconds. */
const WATCH_AGE_MAX_MS = 5 * 60_000

export type GuardStatusOptions = GuardOptions & UnitPlaces

/** Whether every guard is in its place and something runs it, and what it decided last. */
export function guardStatus(
  options: GuardStatusOptions,
): Promise<Result<GuardStatusDocument, readonly Problem[]>> {
  return withGuards(options, async (session, peers) => {
    const taken = Date.now()
    const servers = await Promise.all(peers.map(peer => look(session, peer, options)))
    const well = servers.every(({ findings }) => findings.every(({ severity }) => severity === 'notice'))
    return ok({ version: 1, document: 'guard-status', fleet: session.fleet.name, taken, well, servers })
  })
}

async function look(session: Session, guarded: GuardedPeer, places: UnitPlaces): Promise<GuardStatus> {
  const { host } = guarded.link
  const [script, units, log, watched, clock, exposures] = await Promise.all([
    compareScript(session, guarded),
    lookAtUnits(host, guarded.script, places),
    readLog(host, `${guarded.folder}/guard.log`),
    lastWatch(host, guarded.folder),
    host.clock(),
    exposuresOn(session, guarded),
  ])
  const failed = [script, units, log, watched, clock, exposures].flatMap(seen =>
    seen.ok ? [] : [seen.error],
  )
  const now = clock.ok ? clock.value.now : Date.now()
  const watchedAgoMs =
    watched.ok && watched.value !== undefined ? Math.max(0, Math.round(now - watched.value)) : null
  const decisions = log.ok ? lastDecisions(log.value, now) : []
  const seen = {
    server: guarded.peer.name,
    script: script.ok ? script.value : ('unknown' as const),
    units: units.ok ? units.value : ('unknown' as const),
    watchedAgoMs,
    decisions,
  }
  const unreadable = failed.map(({ code, because, remedy }) => ({
    severity: 'problem' as const,
    code,
    because,
    remedy,
  }))
  const exposed = exposures.ok ? judgeExposures(exposures.value) : []
  return { ...seen, findings: [...unreadable.slice(0, 1), ...exposed, ...judgeGuard(seen)] }
}

/** Nobody says which unit starts named, so the drop-in may be that of any. */
async function lookAtUnits(
  host: Host,
  script: string,
  places: UnitPlaces,
): Promise<Result<GuardStatus['units'], Failure>> {
  const folder = await unitsFolder(host, places)
  if (!folder.ok) return folder
  if (folder.value === undefined) return ok('no-systemd')
  const names = places.unit === undefined ? NAMED_UNITS : [places.unit]
  let found: GuardStatus['units'] = 'missing'
  for (const unit of names) {
    const files = await compareUnits(host, folder.value, { script, unit })
    if (!files.ok) return files
    if (files.value.every(({ change }) => change === 'same')) return ok('current')
    if (files.value.some(({ change }) => change !== 'new')) found = 'different'
  }
  return ok(found)
}

async function readLog(host: Host, path: string): Promise<Result<readonly GuardLine[], Failure>> {
  const read = await host.read(path)
  if (!read.ok) return read.error.code === 'hosts.missing' ? ok([]) : read
  const lines = new TextDecoder().decode(read.value).split('\n')
  return ok(lines.flatMap(text => readGuardLine(text) ?? []))
}

async function lastWatch(host: Host, folder: string): Promise<Result<Instant | undefined, Failure>> {
  const heads = await host.heads({ folder, paths: ['guard.watched'], bytes: 1 })
  if (!heads.ok) return heads
  const head = heads.value.get('guard.watched')
  return ok(head?.ok === true ? head.value.modified : undefined)
}

function lastDecisions(lines: readonly GuardLine[], now: Instant): readonly GuardDecision[] {
  const last = new Map<string, GuardDecision>()
  for (const { set = '*', at, mode, outcome, code, remark } of lines) {
    if (at === undefined) continue
    last.set(set, { set, at, agoMs: Math.max(0, now - Date.parse(at)), mode, outcome, code, remark })
  }
  return [...last.values()]
}

type Seen = Omit<GuardStatus, 'findings'>

function judgeGuard({ script, units, watchedAgoMs, decisions }: Seen): readonly GuardFinding[] {
  const findings: GuardFinding[] = []
  if (script === 'missing') findings.push(problem('guard.script-missing'))
  if (script === 'different') findings.push(problem('guard.script-different'))
  if (units === 'missing') findings.push(problem('guard.units-missing'))
  if (units === 'different') findings.push(problem('guard.units-different'))
  if (units === 'no-systemd' && decisions.length === 0 && watchedAgoMs === null)
    findings.push({ ...problem('guard.never-ran'), severity: 'notice' })
  if (watchedAgoMs !== null && watchedAgoMs > WATCH_AGE_MAX_MS) findings.push(problem('guard.watch-stopped'))
  for (const { outcome, code } of decisions)
    if (outcome === 'unsafe') findings.push(problem(code as ListedCode))
  return findings
}

function judgeExposures(exposures: readonly SeenExposure[]): readonly GuardFinding[] {
  if (exposures.length === 0) return []
  const { remedy } = CODES['guard.exposed']
  return [
    {
      severity: 'problem',
      code: 'guard.exposed',
      because: exposedInWords(exposures),
      remedy: exposedRemedy(exposures) ?? remedy,
    },
  ]
}

/** What the manual says of the code is all there is to say. */
function problem(code: ListedCode): GuardFinding {
  const { meaning, remedy } = CODES[code]
  return { severity: 'problem', code, because: meaning, remedy }
}
