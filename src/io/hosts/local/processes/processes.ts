import { readdirSync, readFileSync, readlinkSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, isAbsolute, join } from 'node:path'
import { type Failure, fail, failure, ok, type Result } from '../../../../core/base/index.ts'
import { attempt } from '../files/attempt.ts'
import { errnoOf, isMissing } from '../files/file-failure.ts'
import { fromProc } from './process-identity.ts'

const PROC = '/proc'
const NAMED = /^named(-pkcs11)?$/
/** named(8): its options without and with a value. */
const FLAGS = '46CFfglsvV'
const VALUED = 'AcDdEiLMmNnPpSTtUuXx'
const EXECUTABLE = 0o111

/**
 * `Host.namedRuns` for this machine: whether a process there runs named with this configuration, by its command line (proc(5)). A named
 * whose configuration can't be told counts as this one: where it is in a chroot, or relative to a folder that named has left since, only
 * another name of the file speaks against it. Another process that can't be looked at is a failure.
 */
export async function findNamed(server: string, configuration: string): Promise<Result<boolean, Failure>> {
  const seen = await attempt({ server, verb: 'list', path: PROC }, () => readdirSync(PROC))
  if (!seen.ok) return seen
  // Process 1 is always there: whoever can't see its command line sees no foreign ones.
  const first = await attempt({ server, verb: 'read', path: `${PROC}/1/cmdline` }, () => argumentsOf('1'))
  if (!first.ok || first.value === undefined) return fail(hidden(server))
  let unseen: Failure | undefined
  for (const pid of seen.value.filter(name => /^\d+$/.test(name))) {
    const path = `${PROC}/${pid}/cmdline`
    const runs = await attempt({ server, verb: 'read', path }, () => mayRun(pid, configuration))
    if (!runs.ok) unseen ??= runs.error
    else if (runs.value) return ok(true)
  }
  return unseen === undefined ? ok(false) : fail(unseen)
}

function mayRun(pid: string, wanted: string): boolean {
  const words = argumentsOf(pid)
  const rest = words && namedArguments(pid, words)
  if (rest === undefined) return false
  const options = optionsOf(rest)
  const given = options?.get('c')
  // Without one it reads what it was compiled with.
  if (options === undefined || given === undefined) return true
  if (isAbsolute(given) && !options.has('t')) return isSame(given, wanted)
  return basename(given) === basename(wanted) || basename(given) === basename(realPath(wanted) ?? wanted)
}

/** What follows named's own name; nothing where it is another program. Releases that are not installed are started through their loader. */
function namedArguments(pid: string, words: readonly string[]): readonly string[] | undefined {
  const [name = ''] = words
  if (NAMED.test(basename(name)) || NAMED.test(basename(programOf(pid) ?? ''))) return words.slice(1)
  const at = words.findIndex(word => NAMED.test(basename(word)) && isProgram(word))
  return at < 0 ? undefined : words.slice(at + 1)
}

/** Option → its last value, as getopt(3) takes them apart; nothing where one is not known. */
function optionsOf(words: readonly string[]): ReadonlyMap<string, string> | undefined {
  const options = new Map<string, string>()
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? ''
    if (word === '' || word === '-' || !word.startsWith('-')) continue
    for (let at = 1; at < word.length; at++) {
      const option = word.charAt(at)
      if (FLAGS.includes(option)) continue
      if (!VALUED.includes(option)) return undefined
      options.set(option, word.slice(at + 1) || (words[++index] ?? ''))
      break
    }
  }
  return options
}

/** Nothing where the process is gone. */
function argumentsOf(pid: string): readonly string[] | undefined {
  return fromProc(() => readFileSync(`${PROC}/${pid}/cmdline`, 'utf8'))?.split('\0')
}

/** Nothing where the process is gone, of the kernel, or another user's: its words tell then. */
function programOf(pid: string): string | undefined {
  try {
    return readlinkSync(`${PROC}/${pid}/exe`).replace(/ \(deleted\)$/, '')
  } catch (error) {
    if (errnoOf(error) === undefined) throw error
    return undefined
  }
}

/** `journalctl -u named` and `less /var/log/named` are not named. */
function isProgram(word: string): boolean {
  if (!word.includes('/')) return false
  const stats = statSync(word, { throwIfNoEntry: false })
  return stats?.isFile() === true && (stats.mode & EXECUTABLE) !== 0
}

/** Whether two paths lead to the same file; where that can't be seen, they may. */
function isSame(given: string, wanted: string): boolean {
  const [left, right] = [realPath(given), realPath(wanted)]
  return left === undefined || right === undefined || left === right
}

/** Without links, also of a file that is not there just now; nothing where that can't be seen. */
function realPath(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch (error) {
    if (!isMissing(error) || dirname(path) === path) return undefined
    const folder = realPath(dirname(path))
    return folder && join(folder, basename(path))
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
