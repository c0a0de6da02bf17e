import { type Failure, ok, type Result } from '../../core/base/index.ts'
import { parseReplayRecord, REPLAY_HEAD, REPLAY_NONE, type ReplayRecord } from '../../core/rescue/index.ts'
import type { ServerLink } from '../observe/index.ts'
import { recordUnreadable, type SavedRescue } from './read-rescues.ts'

const RECORD_MODE = 0o640

/** What was done with a rescue so far; a record that cannot be understood fails, for it may hold what is not to be done again. */
export async function readReplayRecord(
  { host }: ServerLink,
  rescue: SavedRescue,
): Promise<Result<ReplayRecord, Failure>> {
  const path = recordPath(rescue)
  const read = await host.read(path)
  if (!read.ok) return read.error.code === 'hosts.missing' ? ok(REPLAY_NONE) : read
  const record = parseReplayRecord(read.value)
  if (record !== undefined) return ok(record)
  return {
    ok: false,
    error: recordUnreadable(`${rescue.server}:${path}`, 'its first line was not written by Baton'),
  }
}

/** Adds a line, flushed before this returns. */
export async function addToReplayRecord(
  { host }: ServerLink,
  rescue: SavedRescue,
  line: string,
): Promise<Result<void, Failure>> {
  const path = recordPath(rescue)
  const begun = await host.create({ path, content: REPLAY_HEAD, mode: RECORD_MODE, user: undefined })
  if (!begun.ok && begun.error.code !== 'hosts.exists') return begun
  // A crash may have torn the last line; what follows must not be glued to it.
  return host.append({ path, content: `\n${line}`, mode: RECORD_MODE, user: undefined })
}

function recordPath({ folder }: SavedRescue): string {
  return `${folder}/replayed`
}
