import { readFileSync, readlinkSync } from 'node:fs'
import { errnoOf } from '../files/file-failure.ts'

/**
 * A process, so named that it can't be mistaken for another: a process id is used again, but not with the same start
 * time since the same boot.
 */
export type ProcessIdentity = {
  readonly pid: number
  /** Clock ticks from boot to the start of the process: field 22 of `/proc/PID/stat` (proc(5)). */
  readonly startTicks: number
  /** `/proc/sys/kernel/random/boot_id`. */
  readonly boot: string
}

/** What the kernel says of a process now. */
export type ProcessStat = {
  /** One letter, as in proc(5): `T` is stopped, `Z` a zombie. */
  readonly state: string
  readonly threads: number
  readonly startTicks: number
}

/** Who runs under this id now; nothing when nobody does. */
export function identifyProcess(pid: number): ProcessIdentity | undefined {
  const seen = readProcess(`/proc/${pid}`)
  return seen === undefined ? undefined : { pid, startTicks: seen.startTicks, boot: readBoot() }
}

/** The command's name stands in parentheses and may hold anything, so the fields are counted from the last `)`. */
export function readProcess(folder: string): ProcessStat | undefined {
  const text = fromProc(() => readFileSync(`${folder}/stat`, 'latin1'))
  if (text === undefined) return undefined
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return { state: fields[0] ?? '', threads: Number(fields[17]), startTicks: Number(fields[19]) }
}

/**
 * Who runs under this id now. `hidden`: somebody does, and this account may not see who, as on a machine whose /proc is mounted with
 * hidepid (proc(5)).
 */
export function seeProcess(pid: number): ProcessStat | 'hidden' | undefined {
  try {
    const seen = readProcess(`/proc/${pid}`)
    if (seen !== undefined) return seen
    process.kill(pid, 0)
    return 'hidden'
  } catch (cause) {
    const errno = errnoOf(cause)
    if (errno === 'EPERM' || errno === 'EACCES') return 'hidden'
    if (errno === 'ESRCH') return undefined
    throw cause
  }
}

/** Changes with every boot of this machine; empty where the kernel does not tell. */
export function readBoot(): string {
  return (fromProc(() => readFileSync('/proc/sys/kernel/random/boot_id', 'latin1')) ?? '').trim()
}

/** In which process ids of this process are counted (pid_namespaces(7)); empty where the kernel does not tell. */
export function readPidNamespace(): string {
  return fromProc(() => readlinkSync('/proc/self/ns/pid')) ?? ''
}

/** A process may end between the opening and the reading, which Linux answers with ESRCH. */
export function fromProc<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (cause) {
    const errno = errnoOf(cause)
    if (errno === 'ENOENT' || errno === 'ESRCH') return undefined
    throw cause
  }
}
