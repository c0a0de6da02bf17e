import { type Refusal, refuse } from '../../../core/base/index.ts'
import {
  type FoundRun,
  type JournalCopy,
  lifeOf,
  readHolder,
  saysWhose,
  WATCH_MS,
  watchForSigns,
} from '../../../io/journal/index.ts'
import { attend } from '../../../io/observe/index.ts'
import type { RunWatch } from '../runs/run.ts'
import type { Session } from '../session/session.ts'

/** How hard it is looked whether the process of a run lives, and who is told when that takes long. */
export type AskedLife = {
  /**
   * `watched`: where its process cannot be asked, its record is watched for as long as signs of life take. `glanced-at`: only
   * what can be told at once. `not-asked`: a person says that it is gone.
   */
  readonly life: 'watched' | 'glanced-at' | 'not-asked'
  readonly onAsk?: RunWatch['onAsk']
}

/**
 * A refusal where whoever holds the run lives: as the kernel says of a process of this machine, or because the record moves
 * while it is watched. Clocks of other machines say nothing.
 */
export async function seeAlive(
  session: Session,
  copies: readonly JournalCopy[],
  { found, life, onAsk }: AskedLife & { readonly found: FoundRun },
): Promise<Refusal | undefined> {
  if (life === 'not-asked' || !saysWhose(found.lock)) return undefined
  const { lock } = found
  const holder = await readHolder(copies, lock.run)
  const by = holder?.by ?? lock.holder
  const pid = holder?.pid ?? lock.process
  const known = lifeOf(holder)
  if (known === 'running') return runAlive(lock.run, `process ${pid} of ${by} is running on this machine`)
  if (known === 'gone' || life === 'glanced-at') return undefined
  const { clock } = session.links
  const until = clock.now() + WATCH_MS
  onAsk?.({ what: `Baton watches whether ${by} still writes to the journal of ${lock.run}`, until })
  const seen = await attend(session.links, `signs of life of ${lock.run}`, () =>
    watchForSigns(copies, lock.run, clock),
  )
  if (seen === 'still') return undefined
  return runAlive(
    lock.run,
    `${by} wrote to its journal a moment ago${pid === undefined ? '' : ` (process ${pid} there)`}`,
  )
}

/** What a glance must leave open: of a process elsewhere only its record tells, and that takes a while. */
export async function doubtOfLife(
  copies: readonly JournalCopy[],
  { lock }: FoundRun,
): Promise<string | undefined> {
  const holder = await readHolder(copies, lock.run)
  if (!saysWhose(lock) || lifeOf(holder) !== 'unknown') return undefined
  return `whether ${holder?.by ?? lock.holder} is still at it cannot be told from here at once: \`baton resume\` watches for that first`
}

function runAlive(run: string, because: string): Refusal {
  return refuse({
    code: 'engine.run-alive',
    subject: run,
    because,
    remedy: 'Wait for it. If you know that it is gone: --take-over.',
  })
}
