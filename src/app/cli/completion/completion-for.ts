import { bashCompletion } from './bash.ts'
import { type CommandNode, commandTree, type Declared } from './command-tree.ts'
import { fishCompletion } from './fish.ts'
import type { Shell } from './shells.ts'
import { zshCompletion } from './zsh.ts'

const PRINTERS: Readonly<Record<Shell, (root: CommandNode) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
}

/** The script that a shell reads once, made from the same declarations as `--help`. */
export function completionFor(shell: Shell, program: Declared): string {
  return PRINTERS[shell](commandTree(program))
}
