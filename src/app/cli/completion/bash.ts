import { allCommands, type CommandNode, type OptionNode, optionsWithin } from './command-tree.ts'

/**
 * A script for bash: it follows the words before the cursor down to the command that they name, and offers what that one takes.
 * Words with blanks in them are not offered: none is declared.
 */
export function bashCompletion(root: CommandNode): string {
  const commands = allCommands(root)
  const named = commands.filter(({ path }) => path.length > 0)
  const options = commands.flatMap(node => optionsWithin(root, node).map(option => ({ node, option })))
  const after = (value: OptionNode['value']) =>
    options
      .filter(({ option }) => option.value === value)
      .map(({ node, option }) => pattern(node, option.long))
  return `# bash completion for baton: source <(baton completion bash)
_baton() {
  local word=\${COMP_WORDS[COMP_CWORD]} command='' awaited='' each words=''
  for each in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    if [[ -n $awaited ]]; then
      awaited=''
      continue
    fi
    case "$command $each" in
    ${after('path').join(' | ')}) awaited=path ;;
    ${after('word').join(' | ')}) awaited=word ;;
    ${named.map(node => pattern(node)).join(' | ')}) command="$command $each" ;;
    esac
  done
  if [[ $awaited == path ]]; then
    mapfile -t COMPREPLY < <(compgen -f -- "$word")
    return
  fi
  [[ $awaited == word ]] && return
  case $command in
${commands.map(node => `  ${pattern(node)}) words='${wordsOf(root, node).join(' ')}' ;;\n`).join('')}  esac
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
}
complete -o filenames -F _baton baton
`
}

/** What stands in `$command` at a command, or with an option after it. */
function pattern({ path }: CommandNode, option?: string): string {
  const words = option === undefined ? path : [...path, option]
  return `'${words.map(each => ` ${each}`).join('')}'`
}

function wordsOf(root: CommandNode, node: CommandNode): readonly string[] {
  return [
    ...node.commands.map(({ path }) => path.at(-1) ?? ''),
    ...node.arguments.flatMap(({ choices }) => choices),
    ...optionsWithin(root, node).map(({ long }) => long),
  ]
}
