import { readText } from './text.ts'

/** Flags of every command that changes something. */
export const RUN_FLAGS = {
  reason: ['--reason <text>', 'why, for the history', readText],
  dryRun: ['--dry-run', 'show what would be done, and change nothing'],
  yes: ['--yes', 'act without asking, as a script must'],
  takeOver: ['--take-over', 'take the run over: you know that the process that began it is dead'],
} as const

/** How a person wants it done. */
export type RunChoice = { readonly dryRun?: true | undefined; readonly yes?: true | undefined }
