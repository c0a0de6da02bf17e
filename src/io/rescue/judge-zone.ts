import { type Failure, fail, failure, ok, type Result } from '../../core/base/index.ts'
import { diffRecords } from '../../core/dns/index.ts'
import {
  type Beyond,
  forkUnknown,
  isPeoples,
  type JudgedOrphan,
  judgeOrphans,
  type Orphan,
  orphansByContent,
  RecordSets,
  type ReplayRecord,
  withholdContent,
} from '../../core/rescue/index.ts'
import type { WireRecord } from '../../core/zonefile/index.ts'
import { contentAtFork, contentNow, savedContent, type ZoneContentAt } from './contents.ts'
import type { RescuedZone, RescueWorld } from './find-orphans.ts'
import type { SavedRescue } from './read-rescues.ts'

/** A rescued zone whose orphans were held against the active. */
export type JudgedZone = {
  readonly rescued: RescuedZone
  /** Whom they were held against. */
  readonly active: string
  /** In their order; those by content last. */
  readonly judged: readonly JudgedOrphan[]
  readonly troubles: readonly Failure[]
}

export type ZoneQuestion = {
  readonly rescue: SavedRescue
  readonly rescued: RescuedZone
  readonly record: ReplayRecord
}

/** What each orphan of a zone would meet on the active, if it were replayed now. Changes nothing. */
export async function judgeZone(
  world: RescueWorld,
  { rescue, rescued, record }: ZoneQuestion,
): Promise<Result<JudgedZone, Failure>> {
  const active = world.actives.get(rescued.set)
  if (active === undefined) return fail(activeUnclear(rescued))
  const now = await contentNow(world, active, rescued)
  if (!now.ok) return now
  const common = await contentAtFork(world, rescue, { active, rescued, now: now.value })
  const doubt = await doubtOf(world, { rescue, rescued, now: now.value, atFork: common })
  if (doubt.length > 0 && rescued.byNote !== undefined)
    return judgeZone(world, { rescue, rescued: { ...rescued, ...rescued.byNote, byNote: undefined }, record })
  if (doubt.length > 0 && rescued.isDoubtful)
    return judgeZone(world, { rescue, rescued: withoutFork(rescued, doubt), record })
  const atFork = doubt.length === 0 ? common : undefined
  const byContent = await findByContent(world, { rescue, rescued, now: now.value, atFork })
  const { orphans, troubles } = byContent.ok
    ? { orphans: byContent.value, troubles: [] }
    : { orphans: [], troubles: [byContent.error] }
  const all = [...rescued.troubles, ...doubt, ...troubles]
  const verdicts = judgeOrphans({
    orphans: [...rescued.orphans, ...orphans],
    now: new RecordSets(now.value.records),
    atFork,
    replayed: record.replayed.get(rescued.id) ?? new Set(),
  })
  return ok({
    rescued,
    active,
    judged: all.length === 0 ? verdicts : withholdContent(verdicts),
    troubles: all,
  })
}

/** Where the contents speak against a fork, what was saved from before it is as doubtful as what comes after. */
function withoutFork(rescued: RescuedZone, doubt: readonly Failure[]): RescuedZone {
  return {
    ...rescued,
    fork: { kind: 'unknown', because: 'the contents speak against it' },
    path: [],
    orphans: [],
    beyond: { from: undefined, to: undefined, shownBy: 'file-and-journal' },
    troubles: [...rescued.troubles, ...doubt],
    isDoubtful: false,
  }
}

type ContentQuestion = {
  readonly rescue: SavedRescue
  readonly rescued: RescuedZone
  readonly now: ZoneContentAt
  readonly atFork: RecordSets | undefined
}

/**
 * A fork that nobody wrote down is one only where both had the same content there: a serial that two servers gave out for
 * different changes looks the same, and so does one update that was sent to both and by chance got the same serial.
 */
async function doubtOf(
  world: RescueWorld,
  { rescue, rescued, atFork }: ContentQuestion,
): Promise<readonly Failure[]> {
  const { fork, path, id, beyond } = rescued
  if (fork.kind !== 'matched') return []
  if (fork.by === 'changes' && (beyond !== undefined || atFork === undefined)) return []
  if (beyond !== undefined) return [forkUnknown(id, 'what was saved is not whole, so that it proves nothing')]
  const saved = await savedContent(world, rescue, { rescued, which: 'with-journal' })
  if (!saved.ok) return [saved.error]
  if (atFork === undefined) return [forkUnknown(id, 'what the active had there is not known')]
  const theirs = new RecordSets(saved.value)
  for (const change of path.toReversed()) theirs.takeBack(change)
  const zone = zoneKind(rescued)
  const { missing, extra } = diffRecords(wanted(atFork.records(), zone), wanted(theirs.records(), zone))
  return missing.length + extra.length === 0
    ? []
    : [forkUnknown(id, `at serial ${fork.serial}, the last in common, they had other content already`)]
}

function zoneKind({ rendered }: RescuedZone): 'signed' | 'unsigned' {
  return rendered?.signing === true ? 'signed' : 'unsigned'
}

function wanted(records: readonly WireRecord[], zone: 'signed' | 'unsigned'): readonly WireRecord[] {
  return records.filter(record => isPeoples(record, zone))
}

/** What no journal tells: how what was saved differs from the content of the fork and all orphans that are known. */
async function findByContent(
  world: RescueWorld,
  { rescue, rescued, now, atFork }: ContentQuestion,
): Promise<Result<readonly Orphan[], Failure>> {
  const { beyond, fork, orphans } = rescued
  if (beyond === undefined) return ok([])
  const saved = await readSaved(world, rescue, { rescued, shownBy: beyond.shownBy })
  if (!saved.ok) return saved
  const known = new RecordSets((atFork ?? new RecordSets(now.records)).records())
  for (const orphan of orphans) known.apply(orphan)
  const zone = zoneKind(rescued)
  const from = beyond.from ?? (fork.kind === 'unknown' ? now.serial : fork.serial)
  return ok(
    orphansByContent(wanted(known.records(), zone), wanted(saved.value, zone), {
      from,
      to: beyond.to ?? from,
    }),
  )
}

/** Where the journal is part of the content it may not fit: then the file is all there is. */
async function readSaved(
  world: RescueWorld,
  rescue: SavedRescue,
  { rescued, shownBy }: { readonly rescued: RescuedZone; readonly shownBy: Beyond['shownBy'] },
): Promise<Result<readonly WireRecord[], Failure>> {
  if (shownBy === 'file-and-journal') {
    const whole = await savedContent(world, rescue, { rescued, which: 'with-journal' })
    if (whole.ok) return whole
  }
  return savedContent(world, rescue, { rescued, which: 'alone' })
}

function activeUnclear({ id, set }: RescuedZone): Failure {
  return failure({
    code: 'rescue.active-unclear',
    subject: id,
    because: `it is not known who is active for the zone set ${set}, or two are`,
    remedy: '`baton status` shows who claims what. Settle that first.',
  })
}
