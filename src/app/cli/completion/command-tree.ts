/** A command as completion and the manual page need it: what is declared, and nothing of what it does. */
export type CommandNode = {
  /** After `baton`; empty for `baton` itself. */
  readonly path: readonly string[]
  readonly description: string
  /** As it is called: `baton switchover [options]`. */
  readonly usage: string
  readonly options: readonly OptionNode[]
  readonly arguments: readonly ArgumentNode[]
  readonly commands: readonly CommandNode[]
}

export type OptionNode = {
  /** As it is printed: `-h, --help`, `--fleet <file>`. */
  readonly flags: string
  readonly short: string | undefined
  readonly long: string
  readonly description: string
  readonly value: ValueKind
  /** Words of which the value is one; empty where anything goes. */
  readonly choices: readonly string[]
}

export type ArgumentNode = {
  readonly name: string
  readonly description: string
  readonly choices: readonly string[]
}

/** What follows an option: nothing, the name of a file or folder, or any word. */
export type ValueKind = 'none' | 'path' | 'word'

/** What commander has of a command. */
export type Declared = {
  name(): string
  description(): string
  usage(): string
  readonly options: readonly DeclaredOption[]
  readonly registeredArguments: readonly {
    name(): string
    readonly description: string
    readonly argChoices?: readonly string[] | undefined
  }[]
  readonly commands: readonly Declared[]
}

type DeclaredOption = {
  readonly flags: string
  readonly short?: string | undefined
  readonly long?: string | undefined
  readonly description: string
  readonly required: boolean
  readonly optional: boolean
  readonly hidden: boolean
  readonly argChoices?: readonly string[] | undefined
}

/** The whole command line as plain data, in the order of `--help`. */
export function commandTree(program: Declared): CommandNode {
  return nodeOf(program, [])
}

/** Every command, the one above before those below it. */
export function allCommands(node: CommandNode): readonly CommandNode[] {
  return [node, ...node.commands.flatMap(allCommands)]
}

/** What may follow a command: its own options, and those that every command takes. */
export function optionsWithin(root: CommandNode, node: CommandNode): readonly OptionNode[] {
  if (node === root) return root.options
  const everywhere = root.options.filter(({ long }) => long !== '--version' && long !== '--help')
  return [...node.options, ...everywhere]
}

const HELP: OptionNode = {
  flags: '-h, --help',
  short: '-h',
  long: '--help',
  description: 'print what a command takes',
  value: 'none',
  choices: [],
}

function nodeOf(command: Declared, path: readonly string[]): CommandNode {
  return {
    path,
    description: command.description(),
    usage: ['baton', ...path, command.usage()].join(' ').trim(),
    options: [...command.options.filter(({ hidden }) => !hidden).map(optionOf), HELP],
    arguments: command.registeredArguments.map(argument => ({
      name: argument.name(),
      description: argument.description,
      choices: argument.argChoices ?? [],
    })),
    commands: command.commands.map(each => nodeOf(each, [...path, each.name()])),
  }
}

function optionOf(option: DeclaredOption): OptionNode {
  const takesValue = option.required || option.optional
  const isPath = /<(file|folder|dir)>/i.test(option.flags)
  return {
    flags: option.flags,
    short: option.short,
    long: option.long ?? option.flags,
    description: option.description,
    value: takesValue ? (isPath ? 'path' : 'word') : 'none',
    choices: option.argChoices ?? [],
  }
}
