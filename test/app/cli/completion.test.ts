import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { completionFor, type Shell } from '../../../src/app/cli/completion/index.ts'
import { createProgram } from '../../../src/app/cli/program.ts'
import { openTerminal } from '../../../src/app/cli/terminal.ts'

const has = (shell: Shell) => spawnSync(shell, ['-c', 'true']).status === 0

/** What bash offers after these words, the last of which is being written. */
const ASK_BASH = `
source "$1"; shift
COMP_WORDS=(baton "$@"); COMP_CWORD=$#; COMPREPLY=()
_baton
printf '%s\\n' "\${COMPREPLY[@]}"
`

describe('the words that a shell completes', () => {
  let folder: string
  const program = createProgram({
    version: '0',
    terminal: openTerminal('never'),
    invoke: async () => undefined,
  })
  const scriptOf = (shell: Shell) => join(folder, shell)
  const ask = (shell: Shell, args: readonly string[]) => {
    const { stdout, stderr } = spawnSync(shell, args, { encoding: 'utf8', cwd: folder })
    expect(stderr).toBe('')
    return stdout.split('\n').filter(line => line !== '')
  }
  const offered = (...words: readonly string[]) =>
    ask('bash', ['-c', ASK_BASH, 'ask', scriptOf('bash'), ...words])
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'baton-completion-'))
    for (const shell of ['bash', 'zsh', 'fish'] as const)
      writeFileSync(scriptOf(shell), completionFor(shell, program))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it.each([
    ['a command', ['sw'], ['switchover']],
    ['one below another', ['rescue', 'd'], ['discard']],
    ['an option', ['push', '--dry'], ['--dry-run']],
    ['an option of every command', ['guard', 'status', '--js'], ['--json']],
    ['after the value of an option', ['--fleet', 'x.yaml', 'rol'], ['rollback']],
    ['after an option of that name that takes no value', ['status', '--zones', '--wat'], ['--watch']],
    ['one of the words that an argument may be', ['completion', 'f'], ['fish']],
  ])('%s', (_, words, expected) => {
    expect(offered(...words)).toEqual(expected)
  })

  it('nothing for the value of an option, but the files for one that names a file', () => {
    expect(offered('switchover', '--to', '')).toEqual([])
    expect(offered('--fleet', '').toSorted()).toEqual(['bash', 'fish', 'zsh'])
  })

  it('offers every command', () => {
    const commands = program.commands.map(command => command.name())
    expect(offered('').filter(word => !word.startsWith('-'))).toEqual(commands)
  })

  it.skipIf(!has('fish'))('fish offers the same, and says what it means', () => {
    const complete = (line: string) =>
      ask('fish', ['-c', `source ${scriptOf('fish')}; complete -C '${line}'`])
    expect(complete('baton sw').map(line => line.split('\t')[0])).toEqual(['switchover'])
    expect(complete('baton push --dry').map(line => line.split('\t')[0])).toEqual(['--dry-run'])
  })

  it.skipIf(!has('zsh'))('zsh reads its script', () => {
    expect(
      ask('zsh', [
        '-f',
        '-c',
        `autoload -U compinit; compinit -D -u; source ${scriptOf('zsh')}; print $_comps[baton]`,
      ]),
    ).toEqual(['_baton'])
  })
})
