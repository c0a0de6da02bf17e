import { countOf } from '../../../core/base/index.ts'
import type { ServerStatus, SetStatus, StatusDocument, VerdictStatus } from '../../contract/index.ts'
import { type Finding, findingLines } from './layout/finding.ts'
import { EMPTY_LINE, type Line, type Piece, tell } from './layout/line.ts'
import { type Column, layTable } from './layout/table.ts'
import { printAge, printDay, printDuration } from './layout/time.ts'
import { wrap } from './layout/wrap.ts'

const COLUMNS: readonly Column[] = [
  { heading: 'server', align: 'left', worth: 6 },
  { heading: 'kind', align: 'left', worth: 2 },
  { heading: 'role', align: 'left', worth: 5 },
  { heading: 'BIND', align: 'left', worth: 1 },
  { heading: 'loaded', align: 'right', worth: 4 },
  { heading: 'current', align: 'right', worth: 3 },
]

/** How a fleet stands, on one screen: who is active, every server, and what is wrong. */
export function statusLines(status: StatusDocument, width: number): readonly Line[] {
  return [
    ...headLines(status, width),
    EMPTY_LINE,
    ...layTable({ columns: COLUMNS, rows: status.servers.map(server => serverRow(status, server)) }, width),
    ...status.servers.flatMap(server => fenceLines(server, width)),
    EMPTY_LINE,
    ...findingLines(
      status.verdicts.map(verdict => findingOf(verdict, status.taken)),
      width,
    ),
    ...summaryLines(status, width),
  ]
}

function headLines({ fleet, sets, servers, taken }: StatusDocument, width: number): readonly Line[] {
  const hang = fleet.length + 2
  const seen = new Set(servers.flatMap(server => (server.seen ? [server.server] : [])))
  return sets.flatMap((set, index) => {
    const name = index === 0 ? tell(`${fleet}  `, 'strong') : tell(' '.repeat(hang))
    const label = sets.length > 1 ? [tell(`${set.set}: `)] : []
    return wrap([name, ...label, ...activeInWords(set, { seen, now: taken })], { width, hang })
  })
}

type Look = { readonly seen: ReadonlySet<string>; readonly now: number }

function activeInWords({ active, term, since, silentActive }: SetStatus, { seen, now }: Look): Line {
  if (silentActive !== null)
    return [
      tell(`${silentActive} was active`, 'bad'),
      tell(
        ` (term ${term ?? 'unknown'}) and ${seen.has(silentActive) ? 'does not tell its role' : 'does not answer'}`,
      ),
    ]
  if (active === null) return [tell('active unknown', 'bad'), tell(`, newest term ${term ?? 'unknown'}`)]
  const began = since === null ? Number.NaN : Date.parse(since)
  const when = Number.isNaN(began) ? 'unknown' : `${printDay(began)} (${printAge(began, now)})`
  return [tell(`${active} is active`, 'strong'), tell(`, term ${term ?? 'unknown'}, since ${when}`)]
}

function serverRow(status: StatusDocument, server: ServerStatus): readonly Piece[] {
  const { expected, loaded, current } = server.zones
  return [
    tell(server.server),
    tell(server.group ?? server.kind),
    rolePiece(server.roles),
    bindPiece(server),
    server.seen ? countPiece(loaded, expected) : tell(`?/${expected}`, 'bad'),
    isComparable(status, server) ? countPiece(current, expected) : tell(`?/${expected}`, 'bad'),
  ]
}

/** A fence that nobody took back; of one that answers again it is said how it ends. */
function fenceLines({ server, fenced, seen }: ServerStatus, width: number): readonly Line[] {
  if (fenced === null) return []
  const back = seen ? `. It answers again: \`baton rejoin ${server}\` ends that.` : ''
  return wrap([tell(`${server} is fenced: ${fenced}${back}`)], { width, hang: 2 })
}

function bindPiece({ bind, managed }: ServerStatus): Piece {
  if (bind !== null) return tell(bind.split('-')[0] ?? bind)
  return managed ? tell('unknown', 'bad') : tell('-')
}

/** With one zone set its role alone; with several, which set has which. */
function rolePiece(roles: ServerStatus['roles']): Piece {
  const entries = Object.entries(roles)
  const unknown = entries.some(([, role]) => role === 'unknown')
  const only = entries.length === 1 ? entries[0]?.[1] : undefined
  const text = only ?? entries.map(([set, role]) => `${set} ${role}`).join(', ')
  if (unknown) return tell(text, 'bad')
  return tell(text === '' ? '-' : text, only === 'active' ? 'strong' : 'plain')
}

function countPiece(count: number, expected: number): Piece {
  return tell(`${count}/${expected}`, count === expected ? 'plain' : 'warning')
}

/** Whether a zone is current is known only where the server and its active both told their serials. */
function isComparable({ sets, servers }: StatusDocument, server: ServerStatus): boolean {
  const seen = (name: string | null) => servers.some(other => other.server === name && other.seen)
  return server.seen && sets.every(({ active }) => seen(active))
}

/** What passes by itself is told calmly: no age, and no remedy. */
function findingOf({ severity, code, subject, because, remedy, since }: VerdictStatus, now: number): Finding {
  if (severity === 'notice')
    return { word: severity, tone: 'warning', code, subject, because, remedy: undefined, frame: [] }
  const age = now - since < 1000 ? '' : ` (for ${printDuration(now - since)})`
  return { word: severity, tone: 'bad', code, subject, because: `${because}${age}`, remedy, frame: [] }
}

function summaryLines(status: StatusDocument, width: number): readonly Line[] {
  const { servers, sets, verdicts, elapsedMs } = status
  const zones = sets.reduce((sum, set) => sum + set.zones, 0)
  const seen = `: ${countOf(servers.length, 'server')}, ${countOf(zones, 'zone')}, seen in ${printDuration(elapsedMs)}`
  return [
    ...(verdicts.length === 0 ? [] : [EMPTY_LINE]),
    ...wrap([judgement(status), tell(seen)], { width, hang: 2 }),
    ...servers.flatMap(({ server, frozenUnasked }) =>
      frozenUnasked === null || frozenUnasked === 0
        ? []
        : wrap([tell(unaskedInWords(server, frozenUnasked))], { width, hang: 2 }),
    ),
  ]
}

function unaskedInWords(server: string, count: number): string {
  return `${countOf(count, 'dynamic zone')} of ${server} not asked whether frozen: the next looks do, and \`baton check\` asks all`
}

/** Notices alone pass by themselves. */
function judgement({ well, verdicts }: StatusDocument): Piece {
  if (!well) return tell('not well', 'bad')
  return verdicts.length === 0 ? tell('all well', 'good') : tell('well, with notices', 'warning')
}
