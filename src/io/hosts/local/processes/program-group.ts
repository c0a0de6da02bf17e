import { type ChildProcess, spawn } from 'node:child_process'

/** Where BIND's programs are when the caller's PATH leaves the administrator's folders out. */
const PATH_ADDED = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/** The leaders of the groups that run now; a terminal's Ctrl-C reaches Baton alone, so Baton ends them when it goes. */
const running = new Set<number>()

/** Whose rights a program has that root starts; it is in no other groups then. */
export type ProgramRights = { readonly uid: number; readonly gid: number }

/**
 * Starts a program as the leader of a process group of its own, so that it can be ended with all that it started. What
 * keeps it from starting comes as the child's `error`, or is thrown.
 */
export function startGroup(program: string, args: readonly string[], rights?: ProgramRights): ChildProcess {
  const child = spawn(program, args, {
    ...(rights === undefined ? {} : { uid: rights.uid, gid: rights.gid }),
    env: environment(),
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: '/',
    detached: true,
  })
  const { pid } = child
  if (pid !== undefined) {
    if (running.size === 0) process.once('exit', endAll)
    running.add(pid)
    child.once('exit', () => forget(pid))
  }
  return child
}

/** Kills a group whole, by the id of its leader, which is not yet given to anybody else while the group is there. */
export function killGroup(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // Nobody of it is left.
  }
}

function forget(pid: number): void {
  running.delete(pid)
  if (running.size === 0) process.off('exit', endAll)
}

function endAll(): void {
  for (const pid of running) killGroup(pid)
}

function environment(): NodeJS.ProcessEnv {
  const path = process.env['PATH']
  return { LC_ALL: 'C', PATH: path === undefined ? PATH_ADDED : `${path}:${PATH_ADDED}` }
}
