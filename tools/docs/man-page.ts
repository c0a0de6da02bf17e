import { type CommandNode, commandTree, type Declared } from './command-tree.ts'

/** The exit codes, as docs/commands.md has them. */
const EXITS = [
  ['0', 'done, or all is well'],
  ['1', 'a failure; whatever had been begun was taken back'],
  ['2', 'refused, or a mistake in the fleet folder; nothing was changed'],
  ['3', 'incomplete: a run holds the fleet until baton resume or baton rollback ends it'],
  [
    '4',
    'the fleet is not well, a check says no, files differ, or a run is done and something wants a person',
  ],
  ['64', 'a word or a value that does not belong on the command line'],
  ['70', 'a defect of Baton; the journal of a run stays where it is'],
] as const

/** `baton(1)` in the macros of man(7), made from the same declarations as `--help`. */
export function printManPage(program: Declared, version: string): string {
  const root = commandTree(program)
  return `${[
    `.TH BATON 1 "" "baton ${version}" "User Commands"`,
    '.SH NAME',
    'baton \\- pass the primary role between BIND 9 servers',
    '.SH SYNOPSIS',
    `.B baton`,
    'command [options]',
    '.SH DESCRIPTION',
    text('A command without --yes asks before it changes anything.'),
    '.SH OPTIONS',
    ...root.options.flatMap(optionLines),
    '.SH COMMANDS',
    ...root.commands.flatMap(commandLines),
    '.SH EXIT STATUS',
    ...EXITS.flatMap(([code, meaning]) => ['.TP', `.B ${code}`, text(meaning)]),
    '.SH FILES',
    '.TP',
    '.I baton.yaml',
    text('the fleet, where --fleet and $BATON_FLEET name no other file'),
    '.SH SEE ALSO',
    '.BR named (8),',
    '.BR rndc (8),',
    '.BR nsupdate (1)',
  ].join('\n')}\n`
}

function commandLines(node: CommandNode): readonly string[] {
  if (node.commands.length > 0) return node.commands.flatMap(commandLines)
  return [
    `.SS ${text(node.usage)}`,
    text(node.description),
    ...node.arguments.flatMap(({ name, description }) => ['.TP', `.I ${text(name)}`, text(description)]),
    ...node.options.filter(({ long }) => long !== '--help').flatMap(optionLines),
  ]
}

function optionLines({ flags, description }: CommandNode['options'][number]): readonly string[] {
  return ['.TP', `.B ${text(flags)}`, text(description)]
}

/** A backslash and a hyphen mean something in roff, and so do a dot or a quote at the beginning of a line. */
function text(words: string): string {
  return words.replaceAll('\\', '\\e').replaceAll('-', '\\-').replace(/^[.']/, '\\&$&')
}
