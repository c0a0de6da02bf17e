export { type CommandNode, commandTree, type Declared, type OptionNode } from './command-tree.ts'
export { completionFor } from './completion-for.ts'
export type { Shell } from './shells.ts'
