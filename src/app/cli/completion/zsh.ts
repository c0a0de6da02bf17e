import { allCommands, type CommandNode, type OptionNode, optionsWithin } from './command-tree.ts'

/** A script for zsh, each word with what it means. */
export function zshCompletion(root: CommandNode): string {
  return `#compdef baton
# zsh completion for baton: source <(baton completion zsh), or save it as _baton in a folder of $fpath
${allCommands(root)
  .map(node => functionOf(root, node))
  .join('\n')}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  ${nameOf(root)} "$@"
else
  compdef ${nameOf(root)} baton
fi
`
}

function nameOf({ path }: CommandNode): string {
  return ['_baton', ...path.map(each => each.replaceAll('-', '_'))].join('_')
}

function functionOf(root: CommandNode, node: CommandNode): string {
  const specs = [
    ...optionsWithin(root, node).map(optionSpec),
    ...(node.commands.length > 0
      ? ["'1: :->command'", "'*:: :->rest'"]
      : node.arguments.map(({ name, choices }) => `'*:${quoted(name)}:${choicesSpec(choices)}'`)),
  ]
  const hasCommands = node.commands.length > 0
  const head = `${nameOf(node)}() {
${hasCommands ? '  local state line\n  local -a commands\n' : ''}  _arguments -C \\
    ${specs.join(' \\\n    ')}
`
  if (!hasCommands) return `${head}}\n`
  const names = node.commands.map(({ path, description }) => `'${quoted(`${path.at(-1)}:${description}`)}'`)
  const cases = node.commands.map(each => `    ${each.path.at(-1)}) ${nameOf(each)} ;;`)
  return `${head}  case $state in
  command)
    commands=(
      ${names.join('\n      ')}
    )
    _describe command commands
    ;;
  rest)
    case $line[1] in
${cases.join('\n')}
    esac
    ;;
  esac
}
`
}

function optionSpec({ short, long, description, value, choices }: OptionNode): string {
  const told = quoted(description).replaceAll('[', '\\[').replaceAll(']', '\\]')
  const after = value === 'none' ? '' : value === 'path' ? ':file:_files' : `: :${choicesSpec(choices)}`
  const either = short === undefined ? `'*${long}` : `'*'{${short},${long}}'`
  return `${either}[${told}]${after}'`
}

function choicesSpec(choices: readonly string[]): string {
  return choices.length === 0 ? '' : `(${choices.join(' ')})`
}

/** Inside single quotes. */
function quoted(text: string): string {
  return text.replaceAll("'", "'\\''")
}
