import { readFileSync } from 'node:fs'
import { type CommandNode, commandTree, type OptionNode } from '../../src/app/cli/completion/index.ts'
import { createProgram } from '../../src/app/cli/program.ts'
import { openTerminal } from '../../src/app/cli/terminal.ts'
import { VERSION } from '../../src/core/base/index.ts'

/** `baton(1)` in the macros of man(7), made from the same declarations as `--help`. */
export function printManPage(): string {
  const terminal = openTerminal('never')
  const root = commandTree(createProgram({ version: VERSION, terminal, invoke: async () => undefined }))
  return `${[
    `.TH BATON 1 "" "baton ${VERSION}" "User Commands"`,
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
    ...exitLines(),
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

function optionLines({ flags, description }: OptionNode): readonly string[] {
  return ['.TP', `.B ${text(flags)}`, text(description)]
}

/** As docs/commands.md has them, where a test holds them against the code. */
function exitLines(): readonly string[] {
  const rows = readFileSync('docs/commands.md', 'utf8').matchAll(/^\| (\d+) \| (.*) \|$/gm)
  return [...rows].flatMap(([, code = '', meaning = '']) => [
    '.TP',
    `.B ${code}`,
    text(meaning.replaceAll('`', '')),
  ])
}

/** A backslash and a hyphen mean something in roff, and so do a dot or a quote at the beginning of a line. */
function text(words: string): string {
  return words.replaceAll('\\', '\\e').replaceAll('-', '\\-').replace(/^[.']/, '\\&$&')
}
