import { type Failure, fail, failure, ok, type Result } from '../../core/base/index.ts'

/** Does something with the file or folder at `path`; what the system refuses becomes a failure that names it. */
export function onDisk<Value>(path: string, action: () => Value): Result<Value, Failure> {
  try {
    return ok(action())
  } catch (cause) {
    if (!(cause instanceof Error) || errnoOfDisk(cause) === undefined) throw cause
    return fail(
      failure({
        code: 'lab.file',
        subject: path,
        because: `The system says: ${cause.message}.`,
        remedy: 'Look at the free space and the permissions there.',
      }),
    )
  }
}

/** The system's name for an error (`ENOENT`), or nothing when it is not the system's. */
export function errnoOfDisk(cause: unknown): string | undefined {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' && 'syscall' in cause
    ? cause.code
    : undefined
}
