import { readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { type Failure, fail, failure, ok, type Result } from '../../../core/base/index.ts'
import { attempt } from './attempt.ts'

/** What named reads where its command line does not say (`named -V`: "default paths"). */
const CONFIGURATIONS_DEFAULT = ['/etc/bind/named.conf', '/etc/named.conf']
const PROC = '/proc'
/** Its arguments with a NUL behind each. Process 1 is always there: whoever can't see its own sees no foreign ones. */
const COMMAND_LINE = 'cmdline'

/**
 * `Host.namedRuns` for this machine: whether a process there runs named with this configuration, by its command line (proc(5)). A named
 * whose configuration can't be told counts as this one.
 */
export async function findNamed(server: string, configuration: string): Promise<Result<boolean, Failure>> {
  const seen = await attempt({ server, verb: 'list', path: PROC }, () => readdirSync(PROC))
  if (!seen.ok) return seen
  if (argumentsOf('1', COMMAND_LINE) === undefined) return fail(hidden(server))
  const wanted = realPath(configuration)
  return ok(seen.value.filter(name => /^\d+$/.test(name)).some(pid => runsWith(pid, wanted)))
}

function runsWith(pid: string, wanted: string): boolean {
  const words = argumentsOf(pid, COMMAND_LINE)
  // The programs of a release that is not installed are started through its dynamic loader.
  const at = words?.findIndex(word => basename(word) === 'named') ?? -1
  if (words === undefined || at < 0) return false
  const rest = words.slice(at + 1)
  const flag = rest.findIndex(word => word.startsWith('-c'))
  if (flag < 0) return CONFIGURATIONS_DEFAULT.some(path => realPath(path) === wanted)
  const given = rest[flag] === '-c' ? rest[flag + 1] : rest[flag]?.slice('-c'.length)
  const folder = folderOf(pid)
  if (given === undefined || (folder === undefined && !given.startsWith('/'))) return true
  return realPath(resolve(folder ?? '/', given)) === wanted
}

/** Nothing where the process is gone, or hidden. */
function argumentsOf(pid: string, file: string): readonly string[] | undefined {
  try {
    return readFileSync(`${PROC}/${pid}/${file}`, 'utf8').split('\0')
  } catch {
    return undefined
  }
}

function folderOf(pid: string): string | undefined {
  try {
    return readlinkSync(`${PROC}/${pid}/cwd`)
  } catch {
    return undefined
  }
}

function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}

function hidden(server: string): Failure {
  return failure({
    code: 'hosts.processes-hidden',
    subject: server,
    because: `Baton's user can't see the processes of ${server}, so it can't tell whether named runs there`,
    remedy: 'Run Baton as root, or mount /proc without hidepid.',
  })
}
