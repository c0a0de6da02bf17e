import { execFileSync } from 'node:child_process'
import { accessSync, constants, copyFileSync, mkdirSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fail, ok, type Refusal, type Result, refuse } from '../../core/base/index.ts'
import type { Release } from '../../core/render/index.ts'
import { APPARMOR_PLACES, mayBeConfined } from './apparmor.ts'

/** Folders of system programs, which are not on everybody's PATH. */
const SYSTEM_FOLDERS = ['/usr/local/sbin', '/usr/sbin', '/sbin']
const VERSION_DEADLINE_MS = 10_000

/** A `named` program and the release it is. */
export type NamedProgram = { readonly path: string; readonly release: Release }

/** The `named` of this machine, on the PATH or where systems keep it. */
export function locateNamed(searchPath: string): Result<NamedProgram, Refusal> {
  const folders = [...searchPath.split(delimiter).filter(folder => folder !== ''), ...SYSTEM_FOLDERS]
  const path = folders.map(folder => join(folder, 'named')).find(isExecutable)
  if (path !== undefined) return inspectNamed(path)
  return refuseNamed('No program "named" was found on the PATH, nor in /usr/sbin or /usr/local/sbin.')
}

/** Asks the program itself which release it is. */
export function inspectNamed(path: string): Result<NamedProgram, Refusal> {
  const text = askVersion(path)
  const version = /^BIND (\d+)\.(\d+)/.exec(text)
  if (version === null) return refuseNamed(`"${path} -v" does not answer as BIND does.`)
  return ok({ path, release: releaseOf(Number(version[1]), Number(version[2])) })
}

/**
 * The program to run for a lab: the system's own, or a copy in the lab's folder where AppArmor would not let the system's
 * read and write there. Profiles attach by path, so the copy is free of it, and nothing of the system is changed.
 */
export function prepareNamed(program: NamedProgram, copyTo: string): NamedProgram {
  if (!mayBeConfined(APPARMOR_PLACES)) return program
  mkdirSync(dirname(copyTo), { recursive: true })
  copyFileSync(program.path, copyTo)
  return { ...program, path: copyTo }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** A program that can't be run says nothing, and so is not BIND. */
function askVersion(path: string): string {
  try {
    return execFileSync(path, ['-v'], { encoding: 'utf8', timeout: VERSION_DEADLINE_MS })
  } catch {
    return ''
  }
}

/** A release between or beyond the known ones is treated as the nearest known one before it. */
function releaseOf(major: number, minor: number): Release {
  if (major > 9 || minor >= 21) return '9.21'
  if (minor >= 20) return '9.20'
  return minor >= 18 ? '9.18' : '9.16'
}

function refuseNamed(because: string): Result<never, Refusal> {
  return fail(
    refuse({
      code: 'lab.named-missing',
      subject: 'named',
      because,
      remedy: 'Install BIND 9: sudo apt-get install bind9 bind9-utils bind9-dnsutils',
    }),
  )
}
