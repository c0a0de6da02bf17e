import { createHash, randomBytes } from 'node:crypto'
import { type FileHandle, lstat, readdir, rm, writeFile } from 'node:fs/promises'
import { dirname, isAbsolute, join } from 'node:path'
import { type Failure, fail, failure, invariant, ok, type Result } from '../../../../core/base/index.ts'
import type { ApplyOrder, FileApplied } from '../../host.ts'
import { CHANGES_MAX } from '../../limits.ts'
import { ownershipFor } from '../rights/ownership.ts'
import { attempt } from './attempt.ts'
import { exchange, hashOf, isThere, type NewContent } from './exchange.ts'
import { isMissing } from './file-failure.ts'
import { holderFolder } from './hold.ts'
import { openToRead } from './open-to-read.ts'
import { writeWhole } from './place.ts'
import { tooMany } from './too-many.ts'
import { likeness } from './write.ts'

/** What is prepared has a name of its own each time: an order that was cut off may have left some behind. */
const NAME_BYTES = 8

/** `Host.apply` for this machine: all that is new lies ready before the first file is replaced. */
export async function applyChanges(server: string, order: ApplyOrder): Promise<Result<void, Failure>> {
  const { changes, holder } = order
  if (changes.length > CHANGES_MAX)
    return fail(tooMany(server, `changes of ${changes.length} files`, CHANGES_MAX))
  const work: Work = {
    server,
    folder: holderFolder(holder),
    name: randomBytes(NAME_BYTES).toString('hex'),
    until: performance.now() + order.deadlineMs,
  }
  const held = await seeHeld(work)
  if (!held.ok) return held
  const applied = await prepareAndExchange(work, changes)
  if (applied.ok) return applied
  for (const index of changes.keys()) await rm(readyPath(work, index), { force: true })
  const still = await seeHeld(work)
  return still.ok ? applied : still
}

type Work = {
  readonly server: string
  readonly folder: string
  readonly name: string
  /** By the monotonic clock, in milliseconds. */
  readonly until: number
}

async function prepareAndExchange(
  work: Work,
  changes: readonly FileApplied[],
): Promise<Result<void, Failure>> {
  const { server } = work
  const contents: (NewContent | undefined)[] = []
  for (const [index, change] of changes.entries()) {
    invariant(isAbsolute(change.path), `the path ${change.path} is absolute`)
    if (performance.now() > work.until) return fail(tooLate(server, change.path))
    const prepared = await prepare(work, { change, ready: readyPath(work, index) })
    if (!prepared.ok) return prepared
    contents.push(prepared.value)
  }
  for (const [index, { path, expected, otherwise }] of changes.entries()) {
    if (performance.now() > work.until) return fail(tooLate(server, path))
    const ready = readyPath(work, index)
    const exchanged = await exchange(server, { path, expected, otherwise, ready, content: contents[index] })
    if (!exchanged.ok) return exchanged
  }
  return ok(undefined)
}

function readyPath({ folder, name }: Work, index: number): string {
  return join(folder, `${name}.${index}`)
}

type Preparing = { readonly change: FileApplied; readonly ready: string }

/** Lays the new content ready, flushed; nothing where the file is to go. */
async function prepare(
  { server }: Work,
  { change: { path, wanted }, ready }: Preparing,
): Promise<Result<NewContent | undefined, Failure>> {
  switch (wanted.kind) {
    case 'nothing':
      return ok(undefined)
    case 'content': {
      const { content, mode } = wanted
      const ownership = await ownershipFor(server, { ...wanted, path })
      if (!ownership.ok) return ownership
      const digest = createHash('sha256').update(content).digest('hex')
      const fill = (handle: FileHandle) => handle.writeFile(content)
      return lay(server, { path, ready, fill, content: { digest, mode, ownership: ownership.value } })
    }
    case 'copy': {
      const { from } = wanted
      const source = await attempt({ server, verb: 'read', path: from }, () => openToRead(from))
      if (!source.ok) return source
      try {
        const alike = await attempt({ server, verb: 'read', path: from }, async () => ({
          ...(await likeness(source.value, from)),
          digest: await hashOf(source.value),
        }))
        if (!alike.ok) return alike
        const fill = (handle: FileHandle) =>
          writeFile(handle, source.value.createReadStream({ autoClose: false, start: 0 }))
        return await lay(server, { path, ready, fill, content: alike.value })
      } finally {
        await source.value.close()
      }
    }
  }
}

type Laying = {
  readonly path: string
  readonly ready: string
  readonly fill: (handle: FileHandle) => Promise<void>
  readonly content: NewContent
}

function lay(server: string, { path, ready, fill, content }: Laying): Promise<Result<NewContent, Failure>> {
  return attempt({ server, verb: 'replace', path }, async () => {
    // What is there already needs no room: an undo on a full disk has to come to its end.
    if (!(await isThere(path, content))) await writeWhole(ready, { ...content, fill })
    return content
  })
}

/** Whoever took the run over has renamed the holder's folder: then that is why whatever failed has failed. */
async function seeHeld({ server, folder }: Work): Promise<Result<void, Failure>> {
  try {
    await lstat(folder)
    return ok(undefined)
  } catch (error) {
    if (!isMissing(error)) return ok(undefined)
  }
  const run = dirname(folder)
  const [, own] = /\.(\d+)$/.exec(folder) ?? []
  const names = await attempt({ server, verb: 'list', path: run }, () => readdir(run))
  const isTaken = names.ok && names.value.some(name => isLater(name, Number(own)))
  return fail(isTaken ? deposed(server, folder) : notHeld(server, folder))
}

function isLater(name: string, own: number): boolean {
  const [, kind, digits] = /^(holder|deposed)\.(\d+)$/.exec(name) ?? []
  return digits !== undefined && (Number(digits) > own || (kind === 'deposed' && Number(digits) === own))
}

function deposed(server: string, folder: string): Failure {
  return failure({
    code: 'hosts.deposed',
    subject: server,
    because: `somebody else has taken the run over: ${folder} is not there any more`,
    remedy: '`baton status` shows who holds the run now; leave it to them.',
  })
}

function notHeld(server: string, folder: string): Failure {
  return failure({
    code: 'hosts.not-held',
    subject: server,
    because: `${folder} on ${server}, which says that this process holds the run, is not there`,
    remedy: 'See who removed it, then `baton resume` or `baton rollback`.',
  })
}

function tooLate(server: string, path: string): Failure {
  return failure({
    code: 'hosts.deadline',
    subject: `${server}:${path}`,
    because: `the time given for changing files on ${server} was over before ${path}`,
    remedy: 'See whether the disk of the server is slow or hangs, then try again.',
  })
}
