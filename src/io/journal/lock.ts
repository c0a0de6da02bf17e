import { type Failure, fail, failure, ok, type Refusal, type Result, refuse } from '../../core/base/index.ts'
import type { FileApplied } from '../hosts/index.ts'
import { JOURNAL_MODE, type JournalCopy, lockPath, runFolder } from './copy.ts'
import { type Meaning, type Reading, readEverywhere } from './reading.ts'

/** What stands in `baton/lock` while a run holds a peer. */
export type Lock = {
  readonly run: string
  readonly operation: string
  /** `person@machine`. */
  readonly holder: string
  /** The number of the process there that took it; nothing in locks of older Batons. */
  readonly process?: number | undefined
  /** SHA-256 (hex) of the plan's file, which is on every copy before the lock is; nothing in locks of older Batons. */
  readonly plan?: string | undefined
  /** RFC 3339, UTC. */
  readonly since: string
}

/** Takes the lock on every peer, in order, or on none: two operators at once get one lock and one refusal. */
export async function takeLocks(
  copies: readonly JournalCopy[],
  lock: Lock,
): Promise<Result<void, Refusal | Failure>> {
  const taken: JournalCopy[] = []
  for (const copy of copies.filter(({ locked }) => locked)) {
    const created = await copy.files.create({
      path: lockPath(copy),
      content: printLock(lock),
      mode: JOURNAL_MODE,
      user: undefined,
    })
    if (created.ok) {
      taken.push(copy)
      continue
    }
    await releaseLocks(taken, lock.run)
    return fail(created.error.code === 'hosts.exists' ? await refuseLocked(copy) : created.error)
  }
  return ok(undefined)
}

/**
 * Gives back the locks of this run, and of no other. Whoever holds the run names the generation: a server then refuses it once
 * somebody else has taken the run over, however long this process slept. A damaged lock goes as well only where it is known to be of
 * this run, or of one that is over: `damaged` says so.
 */
export async function releaseLocks(
  copies: readonly JournalCopy[],
  run: string,
  { damaged = 'kept', generation }: Releasing = {},
): Promise<readonly Failure[]> {
  const failures: Failure[] = []
  for (const reading of await readLocks(copies)) {
    const { copy } = reading
    if (reading.kind === 'unreadable') failures.push(reading.failure)
    const isOurs = reading.kind === 'read' && reading.value.run === run
    if (!isOurs && !(reading.kind === 'damaged' && damaged === 'released')) continue
    const removed =
      generation === undefined
        ? await copy.files.remove(lockPath(copy))
        : await changeLock(copy, { run, generation, wanted: { kind: 'nothing' } })
    if (!removed.ok) failures.push(removed.error)
  }
  return failures
}

export type Releasing = {
  readonly damaged?: 'kept' | 'released'
  /** Of the holder; nothing where nobody holds the run. */
  readonly generation?: number
}

export type LockChange = {
  readonly run: string
  readonly generation: number
  readonly wanted: FileApplied['wanted']
}

/** How long a server may take to change its lock, in milliseconds. */
const LOCK_DEADLINE_MS = 30_000

/** Changes the lock of a copy on behalf of the holder of a run, in one act on its server. */
export function changeLock(
  copy: JournalCopy,
  { run, generation, wanted }: LockChange,
): Promise<Result<void, Failure>> {
  const holder = { folder: runFolder(copy, run), number: generation }
  const changes = [{ path: lockPath(copy), wanted }]
  return copy.files.apply({ holder, changes, deadlineMs: LOCK_DEADLINE_MS })
}

/** What stands in the lock of every peer; `missing` where nobody holds it. */
export function readLocks(copies: readonly JournalCopy[]): Promise<readonly Reading<Lock>[]> {
  return readEverywhere(
    copies.filter(({ locked }) => locked),
    lockPath,
    meaningOfLock,
  )
}

/** For a look at a server: a lock file that says nothing still locks. */
export async function readLock(
  copy: Pick<JournalCopy, 'files' | 'folder'>,
): Promise<Result<Lock | undefined, Failure>> {
  const read = await copy.files.read(lockPath(copy))
  if (read.ok) return ok(parseLock(new TextDecoder().decode(read.value)) ?? UNREADABLE)
  return read.error.code === 'hosts.missing' ? ok(undefined) : fail(read.error)
}

function meaningOfLock(bytes: Uint8Array): Meaning<Lock> {
  const text = new TextDecoder().decode(bytes)
  if (Number(wordsOf(text).get('version')) > LOCK_VERSION) return 'newer'
  const lock = parseLock(text)
  return lock === undefined ? 'damaged' : { value: lock }
}

const LOCK_VERSION = 1

/** `key=value` lines, so that a person and a shell script can read it. */
export function printLock(lock: Lock): string {
  const { run, operation, holder, process, since, plan } = lock
  const number = process === undefined ? '' : `process=${process}\n`
  const digest = plan === undefined ? '' : `plan=${plan}\n`
  return `version=${LOCK_VERSION}\nrun=${run}\noperation=${operation}\nholder=${holder}\n${number}since=${since}\n${digest}`
}

export function parseLock(text: string): Lock | undefined {
  const words = wordsOf(text)
  const run = words.get('run')
  const operation = words.get('operation')
  const holder = words.get('holder')
  const since = words.get('since')
  if (run === undefined || operation === undefined || holder === undefined || since === undefined)
    return undefined
  const number = Number(words.get('process'))
  const plan = words.get('plan')
  return {
    run,
    operation,
    holder,
    since,
    ...(number > 0 ? { process: number } : {}),
    ...(plan === undefined ? {} : { plan }),
  }
}

function wordsOf(text: string): ReadonlyMap<string, string> {
  return new Map(
    text.split('\n').flatMap(line => {
      const at = line.indexOf('=')
      return at < 1 ? [] : [[line.slice(0, at), line.slice(at + 1)] as const]
    }),
  )
}

/** What is told of a lock that is damaged: whose it is is not known. */
export const UNREADABLE: Lock = {
  run: 'unknown',
  operation: 'unknown',
  holder: 'unknown',
  since: 'unknown',
}

/** Whether it says which run it is of: a damaged one does not. */
export function saysWhose({ run }: Lock): boolean {
  return run !== UNREADABLE.run
}

async function refuseLocked(copy: JournalCopy): Promise<Refusal | Failure> {
  const lock = await readLock(copy)
  if (!lock.ok) return lock.error
  const held = lock.value
  if (held === undefined)
    return failure({
      code: 'engine.lock-moved',
      subject: copy.name,
      because: 'another operation held the lock a moment ago and has ended',
      remedy: 'Run the command again.',
    })
  return heldBy(copy.name, held)
}

/** Somebody's run is in the way, and what else could be said of the fleet is about the middle of that. */
export function heldBy(subject: string, { operation, run, holder, since }: Lock): Refusal {
  return refuse({
    code: 'engine.locked',
    subject,
    because: `${operation} ${run} by ${holder} holds the fleet since ${since}`,
    remedy: 'If it still runs, wait. If it died, `baton status` says which command ends it.',
  })
}
