import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createProgram, EXIT } from '../../../src/app/cli/index.ts'

const page = readFileSync('docs/commands.md', 'utf8')
const program = createProgram({
  version: '',
  terminal: { out: undefined as never },
  invoke: () => Promise.resolve(),
})

type Told = { readonly name: string; readonly flags: readonly string[] }

type Described = {
  name(): string
  readonly commands: readonly Described[]
  readonly options: readonly { readonly long?: string | undefined }[]
}

/** Every command that does something, by its whole name. */
function commandsBelow(parent: Described, path: readonly string[]): readonly Told[] {
  return parent.commands.flatMap(command => {
    const name = [...path, command.name()]
    if (command.commands.length > 0) return commandsBelow(command, name)
    return [{ name: name.join(' '), flags: command.options.map(({ long }) => long ?? '').sort() }]
  })
}

/** Every section `## baton …` with the flags in the first column of its table. */
function commandsOnPage(): readonly Told[] {
  return page
    .split(/^## /m)
    .filter(section => section.startsWith('baton '))
    .map(section => ({
      name: /^baton ([a-z -]+)/.exec(section)?.[1]?.trim() ?? '',
      flags: [...section.matchAll(/^\| `(--[a-z-]+)/gm)].map(([, flag]) => flag ?? '').sort(),
    }))
}

describe('docs/commands.md', () => {
  it('has every command with every flag, and no other', () => {
    const byName = (left: Told, right: Told) => left.name.localeCompare(right.name)
    expect([...commandsOnPage()].sort(byName)).toEqual([...commandsBelow(program, [])].sort(byName))
  })

  it('has the flags of all commands', () => {
    const section = page.split(/^## /m).find(each => each.startsWith('For every command')) ?? ''
    for (const { long } of program.options) expect(section).toContain(`\`${long}`)
  })

  it('has every exit code', () => {
    const section = page.split(/^## /m).find(each => each.startsWith('Exit codes')) ?? ''
    const codes = [...section.matchAll(/^\| (\d+) \|/gm)].map(([, code]) => Number(code))
    expect(codes).toEqual(Object.values(EXIT))
  })
})
