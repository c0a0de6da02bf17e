import { type Code, type Failure, failure } from '../../../../core/base/index.ts'

/** What was being done to which file of which server, for the failure's words. */
export type FileAction = {
  readonly server: string
  /** A verb: `read`, `replace`, … */
  readonly verb: string
  readonly path: string
}

type Cause = { readonly code: Code; readonly because: string; readonly remedy: string }

const DISK_FULL: Cause = {
  code: 'hosts.disk-full',
  because: 'the disk is full',
  remedy: 'Free space on its file system (`df -h`, `df -i`), then try again.',
}
const PERMISSION: Cause = {
  code: 'hosts.permission',
  because: "Baton's user has no permission",
  remedy: 'Run Baton as root, or as a user who may.',
}
const NOT_A_FILE: Cause = {
  code: 'hosts.not-a-file',
  because: 'it is a pipe, a socket or a device',
  remedy: 'Put a file in its place, or correct the path.',
}
const TOO_MANY_OPEN: Cause = {
  code: 'hosts.too-many-open',
  because: 'no file handle is left',
  remedy: 'Raise the limit on open files (`ulimit -n`), then try again.',
}

/** Table: errno → what it means to an operator. */
const CAUSES: Readonly<Record<string, Cause>> = {
  ENOENT: {
    code: 'hosts.missing',
    because: 'it is not there',
    remedy: 'Correct the path, or see where the file has gone.',
  },
  EEXIST: {
    code: 'hosts.exists',
    because: 'something is there already',
    remedy: 'Run `baton status` to see whether another run holds it.',
  },
  ENOSPC: DISK_FULL,
  EDQUOT: { ...DISK_FULL, because: 'the disk quota is used up' },
  EACCES: PERMISSION,
  EPERM: PERMISSION,
  EROFS: {
    code: 'hosts.read-only',
    because: 'its file system is mounted read-only',
    remedy: 'Look at `dmesg` for disk errors, then mount it for writing.',
  },
  ENOTDIR: {
    code: 'hosts.not-a-folder',
    because: 'a part of its path is not a folder',
    remedy: 'Correct the path, or move the file that is in the way.',
  },
  EISDIR: {
    code: 'hosts.is-a-folder',
    because: 'a folder is there',
    remedy: 'Correct the path, which is to be that of a file.',
  },
  EFTYPE: NOT_A_FILE,
  ENXIO: NOT_A_FILE,
  ELOOP: {
    code: 'hosts.symbolic-link',
    because: 'it is a symbolic link',
    remedy:
      'Put a copy of the file in place of the link: `cp --remove-destination "$(readlink -f FILE)" FILE`.',
  },
  EFOREIGNLINK: {
    code: 'hosts.foreign-link',
    because: 'a symbolic link on its path could have been made by another user than root',
    remedy:
      'See where it leads (`namei -l FILE`) and who made it; remove it, or make it anew as root in a folder of root’s.',
  },
  EMLINK: {
    code: 'hosts.borrowed-file',
    because: "it is a second name of one of root's own files, in a folder that another user may write",
    remedy: 'See who made it (`ls -li`, `find / -samefile FILE`), and remove that name.',
  },
  ENAMETOOLONG: {
    code: 'hosts.path-too-long',
    because: 'its name is too long for the file system',
    remedy: 'Choose a shorter path in baton.yaml.',
  },
  EBUSY: {
    code: 'hosts.busy',
    because: 'it is a mount point',
    remedy: 'Mount its folder instead of the file.',
  },
  EXDEV: {
    code: 'hosts.other-file-system',
    because: 'it is on another file system than the folder of the run',
    remedy: 'Keep named.conf and baton/ on one file system.',
  },
  EMFILE: TOO_MANY_OPEN,
  ENFILE: TOO_MANY_OPEN,
}

/** An error of the file system as a failure that names server and path. `errno` is `error.code` of Node's errors. */
export function fileFailure(action: FileAction, error: unknown): Failure {
  const errno = errnoOf(error)
  const known = errno === undefined ? undefined : CAUSES[errno]
  const cause = known ?? {
    code: 'hosts.input-output' as const,
    because: error instanceof Error ? error.message : String(error),
    remedy: 'Look at `dmesg` on the server, then try again.',
  }
  return failure({
    code: cause.code,
    subject: `${action.server}:${action.path}`,
    because: `${action.server} could not ${action.verb} ${action.path}: ${cause.because}`,
    remedy: cause.remedy,
  })
}

/** Node's name of a system error, such as `ENOENT`. */
export function errnoOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

/** Nothing is at that path: neither the file nor, perhaps, the folders that lead to it. */
export function isMissing(error: unknown): boolean {
  const errno = errnoOf(error)
  return errno === 'ENOENT' || errno === 'ENOTDIR'
}
