import { countOf } from '../../../core/base/index.ts'
import type { ServerVerification, VerifyDocument, ZoneDifference } from '../../contract/index.ts'
import { type Finding, findingLines } from './layout/finding.ts'
import { EMPTY_LINE, type Line, line, type Piece, tell } from './layout/line.ts'
import { type Column, layTable } from './layout/table.ts'
import { printDuration } from './layout/time.ts'
import { wrap } from './layout/wrap.ts'
import { problemLines } from './problems.ts'

const COLUMNS: readonly Column[] = [
  { heading: 'server', align: 'left', worth: 5 },
  { heading: 'zones', align: 'right', worth: 1 },
  { heading: 'equal', align: 'right', worth: 4 },
  { heading: 'different', align: 'right', worth: 3 },
  { heading: 'unknown', align: 'right', worth: 2 },
]

/** Every server with how many of its zones are equal, then each zone that is not, record by record, and what heals it. */
export function verifyLines(verification: VerifyDocument, width: number): readonly Line[] {
  const { servers, differences, unknowns, warnings } = verification
  return [
    ...headLines(verification, width),
    EMPTY_LINE,
    ...layTable({ columns: COLUMNS, rows: servers.filter(({ zones }) => zones > 0).map(serverRow) }, width),
    EMPTY_LINE,
    ...differences.flatMap(difference => differenceLines(difference, width)),
    ...findingLines(unknowns.map(unknownFinding), width),
    ...problemLines(warnings, new Map(), width),
    ...summaryLines(verification, width),
  ]
}

function headLines({ fleet, sets }: VerifyDocument, width: number): readonly Line[] {
  return sets.flatMap(({ set, active, term }) => {
    const of = sets.length > 1 ? ` of ${set}` : ''
    const measure =
      active === null
        ? tell(`the active${of} is not known`, 'bad')
        : tell(`compared with ${active}, active${of} in term ${term}`)
    return wrap([tell(`${fleet}  `, 'strong'), measure], { width, hang: 2 })
  })
}

function serverRow({ server, zones, equal, different, unknown }: ServerVerification): readonly Piece[] {
  return [
    tell(server),
    tell(String(zones)),
    tell(String(equal)),
    tell(String(different), different > 0 ? 'bad' : 'plain'),
    tell(String(unknown), unknown > 0 ? 'bad' : 'plain'),
  ]
}

/** Records are never wrapped: one that is copied has to be whole. */
function differenceLines(difference: ZoneDifference, width: number): readonly Line[] {
  const { server, zone, view, records, recordsLeftOut } = difference
  const { code, because, remedy } = difference
  const subject = view === '_default' ? `${zone} on ${server}` : `${zone} in view ${view} on ${server}`
  const finding = {
    word: 'different',
    tone: 'bad',
    code,
    subject,
    because,
    frame: [],
    remedy: undefined,
  } as const
  const more = recordsLeftOut === 0 ? [] : [line(`  and ${countOf(recordsLeftOut, 'more record')}`, 'faint')]
  return [
    ...findingLines([finding], width),
    ...(records ?? []).map(record => line(`  ${record}`, record.startsWith('+') ? 'good' : 'bad')),
    ...(records === null
      ? [line('  its records were not compared: there are too many zones, or it did not answer', 'faint')]
      : more),
    ...wrap([tell('  → ', 'faint'), tell(remedy)], { width, hang: 4 }),
  ]
}

function unknownFinding({
  server,
  code,
  because,
  remedy,
  zones,
}: VerifyDocument['unknowns'][number]): Finding {
  const count = zones.length === 1 ? (zones[0] ?? '') : countOf(zones.length, 'zone')
  return {
    word: 'unknown',
    tone: 'bad',
    code,
    subject: server,
    because: `${count}: ${because}`,
    remedy,
    frame: [],
  }
}

function summaryLines(verification: VerifyDocument, width: number): readonly Line[] {
  const { servers, well, differences, unknowns, transfers, elapsedMs } = verification
  const equal = servers.reduce((sum, server) => sum + server.equal, 0)
  const compared = servers.reduce((sum, { zones }) => sum + zones, 0)
  const effort = `${transfers} transfers in ${printDuration(elapsedMs)}`
  if (well) return wrap([tell('all equal', 'good'), tell(`: ${equal} copies, ${effort}`)], { width, hang: 2 })
  const verdict = differences.length > 0 ? 'not equal' : unknowns.length > 0 ? 'not known' : ''
  return [
    EMPTY_LINE,
    ...wrap([tell(verdict, 'bad'), tell(`: ${equal} of ${compared} copies are equal, ${effort}`)], {
      width,
      hang: 2,
    }),
    ...(differences.length > 0
      ? [line('`-` is on the active and not there, `+` is there and not on the active', 'faint')]
      : []),
  ]
}
