import { createHash } from 'node:crypto'
import { type Failure, fail, failure, ok, type Result } from '../../core/base/index.ts'
import { type JournalCopy, runFolder } from './copy.ts'

/** A file beside a plan, which names it by its digest: what would make the plan itself too large. */
export type BesideFile = {
  /** SHA-256 (hex) of the content. */
  readonly digest: string
  readonly content: Uint8Array | string
}

/** It may hold keys, like the plan. */
const BESIDE_MODE = 0o600

/** Lays the files beside the plan on one copy. */
export async function recordBeside(
  copy: JournalCopy,
  { run, files }: { readonly run: string; readonly files: readonly BesideFile[] },
): Promise<Result<void, Failure>> {
  for (const { digest, content } of files) {
    const path = besidePath(copy, { run, digest })
    const laid = await copy.files.replace({ path, content, mode: BESIDE_MODE, user: undefined })
    if (!laid.ok) return laid
  }
  return ok(undefined)
}

/**
 * A file from beside the plan, from the first copy that holds it whole: its digest proves it. Where no copy does, that is a failure
 * that says why each one did not.
 */
export async function readBeside(
  copies: readonly JournalCopy[],
  wanted: { readonly run: string; readonly digest: string },
): Promise<Result<Uint8Array, Failure>> {
  const reasons: string[] = []
  for (const copy of copies) {
    const read = await copy.files.read(besidePath(copy, wanted))
    if (!read.ok) reasons.push(read.error.because)
    else if (createHash('sha256').update(read.value).digest('hex') === wanted.digest) return ok(read.value)
    else reasons.push(`${besidePath(copy, wanted)} of ${copy.name} is damaged`)
  }
  return fail(
    failure({
      code: 'engine.record-unreadable',
      subject: wanted.run,
      because: `a part of its record can be read nowhere: ${reasons.join('; ')}`,
      remedy: 'Make one of these files readable for you (as root, say), then try again.',
    }),
  )
}

function besidePath(copy: JournalCopy, { run, digest }: { run: string; digest: string }): string {
  return `${runFolder(copy, run)}/beside/${digest}`
}
