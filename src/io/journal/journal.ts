import { type Clock, type Failure, fail, failure, ok, type Result } from '../../core/base/index.ts'
import type { Plan } from '../../core/plan/index.ts'
import type { BesideFile } from './beside.ts'
import type { HeldPlace, JournalCopy } from './copy.ts'
import type { JournalEntry, JournalEvent } from './entry.ts'
import { type Holder, type HoldNeeded, readHolder } from './holder.ts'
import { printEntry } from './line.ts'
import { type CopiesNeeded, JournalLines } from './lines.ts'
import { releaseLocks } from './lock.ts'
import { lookForHolder } from './looks.ts'
import { passBack } from './pass-locks.ts'

/** A run that is held: what is written here is on disk, in every copy, before the call returns. */
export type Journal = {
  readonly plan: Plan
  readonly copies: readonly JournalCopy[]
  /** Counts who has held the run, from 1; on every server where it is held the folder `holder.N` says the same. */
  readonly generation: number
  /** Servers whose disk takes nothing, and what it said: this process does not hold the run there, and nobody else can. */
  readonly passedOver: ReadonlyMap<string, Failure>
  /** Everything written so far, from this holder and from those before. */
  readonly entries: () => readonly JournalEntry[]
  /**
   * Forward, every copy must take the line. On the way back one copy is enough, and the others are waited for only briefly: a disk
   * that is full or hangs must not stop an undo. Nothing is written, nor released, once somebody else holds the run (`engine.overtaken`), or where that cannot be seen
   * (`engine.holder-unknown`).
   */
  readonly write: (event: JournalEvent, need: CopiesNeeded) => Promise<Result<void, Failure>>
  /**
   * Whether nobody else has taken the run over meanwhile; `engine.overtaken`, with who it was, when somebody has. Before
   * something is changed on a peer, that peer's own copy must have been seen; what the others say counts as far as it comes soon.
   */
  readonly stillHeld: (at?: string) => Promise<Result<void, Failure>>
  /** Removes the locks; the record stays. */
  readonly release: () => Promise<readonly Failure[]>
  /** Gives the locks back to whom they were before: to the run that this one did not come to supersede, or to nobody. */
  readonly giveBack: () => Promise<readonly Failure[]>
}

export type JournalStart = {
  readonly plan: Plan
  readonly copies: readonly JournalCopy[]
  readonly clock: Clock
  readonly holder: Holder
  /** Servers without a copy whose files the plan changes: nobody but the holder may change them either. */
  readonly holds?: readonly HeldPlace[] | undefined
  /** What lies beside the plan on every copy. */
  readonly beside?: readonly BesideFile[] | undefined
  /** The run from which this one goes on: its locks become those of this one, so that nobody comes between. */
  readonly after?: Journal | undefined
}

/** A run, the generation in which this process holds it, and what was written before. */
export type Holding = Pick<JournalStart, 'plan' | 'copies' | 'clock' | 'holds'> & {
  readonly generation: number
  readonly earlier: readonly JournalEntry[]
  readonly passedOver?: Journal['passedOver']
}

export function holdJournal({
  plan,
  copies,
  holds = [],
  clock,
  generation,
  earlier,
  passedOver = new Map(),
}: Holding): Journal {
  const entries = [...earlier]
  const lines = new JournalLines(copies, plan.run)
  const look = lookForHolder({ run: plan.run, generation, copies, holds })
  let sequence = 0
  /** The last sequence that some copy took: whichever copy takes the next line gets that one with it. */
  let taken = -1
  let turn: Promise<unknown> = Promise.resolve()
  const see = async (need: HoldNeeded): Promise<Result<void, Failure>> => {
    const held = await look(need)
    if (!held.ok) return held
    return held.value === 'held' ? ok(undefined) : fail(await overtaken(held.value.overtakenIn, plan.run))
  }
  const writeNow = async (event: JournalEvent, need: CopiesNeeded): Promise<Result<void, Failure>> => {
    const held = await see(need)
    if (!held.ok) return held
    const after = taken < sequence - 1 ? { after: taken } : {}
    const place = { generation, sequence: sequence++, at: clock.now(), elapsed: Math.round(clock.elapsed()) }
    const entry: JournalEntry = { ...place, ...after, ...event }
    const isFirst = entries.length === 0 && entry.sequence === 0
    const written = await lines.write(printEntry(entry), need, isFirst ? 'first' : undefined)
    if (written.taken > 0) taken = entry.sequence
    if (written.failure !== undefined && (need === 'every-copy' || written.taken === 0))
      return fail(written.failure)
    entries.push(entry)
    return ok(undefined)
  }
  const release = async () => {
    const held = await see('one-copy')
    // A damaged lock on a peer of this run is its own: nobody else can have taken it meanwhile.
    return held.ok ? releaseLocks(copies, plan.run, { damaged: 'released', generation }) : [held.error]
  }
  return {
    plan,
    copies,
    generation,
    passedOver,
    entries: () => entries,
    // One line after another: a sign of life may come while a step ends.
    async write(event, need) {
      const mine = turn.then(() => writeNow(event, need))
      turn = mine.catch(() => 'the caller has the defect; the next line gets its turn')
      return mine
    },
    stillHeld: at => see(at === undefined || passedOver.has(at) ? 'one-copy' : { at }),
    release,
    async giveBack() {
      const { run, supersedes } = plan
      if (supersedes === undefined) return release()
      const held = await see('one-copy')
      return held.ok ? passBack(copies, { run, to: supersedes, by: { run, generation } }) : [held.error]
    },
  }
}

async function overtaken(seenIn: readonly HeldPlace[], run: string): Promise<Failure> {
  const holder = await readHolder(seenIn, run)
  const who = holder === undefined ? 'somebody else' : `${holder.by} (process ${holder.pid})`
  return failure({
    code: 'engine.overtaken',
    subject: run,
    because: `${who} has taken it over, so this process changes nothing more`,
    remedy: '`baton status` and `baton history` show what became of it; leave the run to them.',
  })
}
