import type { Problem } from '../../core/base/index.ts'
import type { RunDocument } from '../contract/index.ts'

/** What a script learns from a command without reading its output. */
export const EXIT = {
  /** Done, or all is well. */
  done: 0,
  /** A failure of the world; whatever had been begun was taken back, and nobody had asked for that. */
  failed: 1,
  /** Refused, or never asked properly: nothing was changed. */
  refused: 2,
  /** A run is unfinished and holds the fleet: resume it, or roll it back. */
  incomplete: 3,
  /** The fleet is not well, a check says no, or files differ. */
  unwell: 4,
  /** A word or a value that does not belong on the command line. */
  usage: 64,
  /** A defect of Baton. */
  defect: 70,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** For what stopped a command before it changed anything: the world's doing, or a reason not to begin. */
export function exitOfProblems(problems: readonly Problem[]): ExitCode {
  if (problems.some(({ code }) => code === 'cli.usage')) return EXIT.usage
  return problems.some(({ kind, code }) => kind === 'failure' && !isAboutFleetFolder(code))
    ? EXIT.failed
    : EXIT.refused
}

/** How a run ended, measured by what was asked for: to a person who ordered a rollback one is a success. */
export function exitOfRun({ outcome, unwell }: RunDocument, wanted: 'done' | 'rolled-back'): ExitCode {
  if (outcome === 'incomplete') return EXIT.incomplete
  if (outcome === 'rolled-back') return wanted === 'rolled-back' ? EXIT.done : EXIT.failed
  return unwell ? EXIT.unwell : EXIT.done
}

/** A fleet folder that lacks something is the same to a script as one with a mistake in it. */
function isAboutFleetFolder(code: string): boolean {
  return FLEET_FOLDER_CODES.includes(code)
}

const FLEET_FOLDER_CODES: readonly string[] = [
  'cli.no-fleet-file',
  'cli.file-missing',
  'cli.file-unreadable',
  'cli.key-not-in-file',
  'hosts.ssh-not-yet',
]
