import { countOf } from '../../../core/base/index.ts'
import type { OrphanStatus, RescueDocument, RescuedZoneStatus } from '../../contract/index.ts'
import { guardInWords } from './guard-words.ts'
import { EMPTY_LINE, type Line, line, type Tone, tell } from './layout/line.ts'
import { printDay } from './layout/time.ts'
import { wrap } from './layout/wrap.ts'
import { problemLines } from './problems.ts'

const VERDICTS: Readonly<Record<OrphanStatus['verdict'], readonly [words: string, tone: Tone]>> = {
  applies: ['applies', 'good'],
  'already-there': ['already there', 'faint'],
  conflict: ['in conflict', 'warning'],
  unknown: ['not known', 'warning'],
}

/** A rescue, and what to do next. */
export function rescueLines(rescue: RescueDocument, width: number): readonly Line[] {
  return [...rescueFacts(rescue, width), ...nextLines(rescue, width)]
}

/** A rescue, zone by zone and orphan by orphan: what each did, and how it stands to the active now. */
export function rescueFacts(rescue: RescueDocument, width: number): readonly Line[] {
  const { server, place, saved, code, zones, problems } = rescue
  const term = rescue.term === null || `${rescue.term}` === place ? '' : `, active in term ${rescue.term}`
  return [
    ...wrap(
      [
        tell(`rescue of ${server}, term ${place}`, 'strong'),
        tell(`${term}, saved ${printDay(Date.parse(saved))} `),
        tell(`(${guardInWords(code)})`, 'faint'),
      ],
      { width, hang: 2 },
    ),
    ...(zones.length === 0 ? [line('no orphans: everything that was saved had come over')] : []),
    ...zones.filter(isTold).flatMap(zone => zoneLines(zone, width)),
    ...untoldLines(zones.filter(zone => !isTold(zone)).length),
    ...(problems.length === 0 ? [] : [EMPTY_LINE, ...problemLines(problems, new Map(), width)]),
  ]
}

function isTold({ orphans, troubles }: RescuedZoneStatus): boolean {
  return orphans.length + troubles.length > 0
}

/** Of zones in which only named's own records differ. */
function untoldLines(count: number): readonly Line[] {
  if (count === 0) return []
  return [EMPTY_LINE, line(`${countOf(count, 'zone')} more without an orphan`, 'faint')]
}

function zoneLines(zone: RescuedZoneStatus, width: number): readonly Line[] {
  const name = zone.view === '_default' ? zone.zone : `${zone.zone} in view ${zone.view}`
  const count = countOf(zone.orphans.length, 'orphan')
  return [
    EMPTY_LINE,
    ...wrap([tell(name, 'strong'), tell(`  ${count}, ${forkInWords(zone)}, against ${zone.active} now`)], {
      width,
      hang: 2,
    }),
    ...problemLines(zone.troubles, new Map(), width),
    ...zone.orphans.flatMap(orphan => orphanLines(orphan, width)),
  ]
}

function forkInWords({ fork, forkKnown }: RescuedZoneStatus): string {
  if (fork === null) return 'fork unknown'
  return forkKnown === 'recorded' ? `forked at ${fork}` : `forked at ${fork} by the journals`
}

/** Records are never wrapped: one that is copied has to be whole. */
function orphanLines(
  { from, to, source, verdict, deleted, added, obstacles }: OrphanStatus,
  width: number,
): readonly Line[] {
  const [words, tone] = VERDICTS[verdict]
  const which = source === 'journal' ? `${from} to ${to}` : 'by content'
  return [
    [tell(`  ${which}  `), tell(words, tone)],
    ...deleted.map(record => line(`    - ${record}`, 'bad')),
    ...added.map(record => line(`    + ${record}`, 'good')),
    ...obstacles.flatMap(({ owner, type, because, now }) => [
      ...wrap([tell(`    ${owner} ${type}: ${because}`, 'warning')], { width, hang: 6 }),
      ...(now.length === 0
        ? [line('      there is none now', 'faint')]
        : now.map(record => line(`      now ${record}`, 'faint'))),
    ]),
  ]
}

function nextLines({ server, place, zones }: RescueDocument, width: number): readonly Line[] {
  const verdicts = zones.flatMap(({ orphans }) => orphans.map(({ verdict }) => verdict))
  const applies = verdicts.filter(verdict => verdict === 'applies').length
  const left = verdicts.filter(verdict => verdict === 'conflict' || verdict === 'unknown').length
  const next = (text: string) => wrap([tell('→ ', 'faint'), tell(text)], { width, hang: 2 })
  return [
    ...(verdicts.length > 0 ? [EMPTY_LINE] : []),
    ...(applies > 0 ? next(`\`baton rescue apply ${server} ${place}\` replays what applies.`) : []),
    ...(left > 0
      ? next('What is in conflict, or not known, is never replayed: decide yourself, and use nsupdate.')
      : []),
    ...(applies + left === 0
      ? next(`\`baton rescue discard ${server} ${place}\` throws the saved files away.`)
      : []),
  ]
}
