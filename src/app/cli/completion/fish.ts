import { allCommands, type CommandNode, type OptionNode, optionsWithin } from './command-tree.ts'

/** A script for fish, each word with what it means. */
export function fishCompletion(root: CommandNode): string {
  return `# fish completion for baton: baton completion fish | source
complete -c baton -f
${allCommands(root)
  .flatMap(node => linesOf(root, node))
  .join('\n')}
`
}

function linesOf(root: CommandNode, node: CommandNode): readonly string[] {
  const { path, commands, arguments: taken } = node
  const below = commands.map(each => each.path.at(-1) ?? '')
  const within = path.map(each => `__fish_seen_subcommand_from ${each}`)
  const above = below.length === 0 ? [] : [`not __fish_seen_subcommand_from ${below.join(' ')}`]
  const here = `-n ${quote([...within, ...above].join('; and ') || 'true')}`
  return [
    ...commands.map(
      ({ path: each, description }) => `complete -c baton ${here} -a ${each.at(-1)} -d ${quote(description)}`,
    ),
    ...taken
      .filter(({ choices }) => choices.length > 0)
      .map(
        ({ choices, description }) =>
          `complete -c baton ${here} -a ${quote(choices.join(' '))} -d ${quote(description)}`,
      ),
    ...optionsWithin(root, node).map(option => `complete -c baton ${here} ${optionWords(option)}`),
  ]
}

function optionWords({ short, long, description, value, choices }: OptionNode): string {
  return [
    ...(short === undefined ? [] : [`-s ${short.slice(1)}`]),
    `-l ${long.replace(/^--/, '')}`,
    ...(value === 'path' ? ['-r -F'] : value === 'word' ? ['-x'] : []),
    ...(choices.length === 0 ? [] : [`-a ${quote(choices.join(' '))}`]),
    `-d ${quote(description)}`,
  ].join(' ')
}

/** In fish a backslash and a quote are escaped inside single quotes. */
function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}
