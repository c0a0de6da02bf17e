import { describe, expect, it } from 'vitest'
import type { DomainName } from '../../../src/core/base/index.ts'
import { type ControlCommand, onlyLooks, printCommand } from '../../../src/core/rndc/index.ts'

const name = 'example.com' as DomainName

describe('a command', () => {
  it.each<[ControlCommand, string]>([
    [{ kind: 'status' }, 'status'],
    [{ kind: 'freeze-all' }, 'freeze'],
    [{ kind: 'thaw-all' }, 'thaw'],
    [{ kind: 'freeze', zone: { name } }, 'freeze example.com'],
    [{ kind: 'zonestatus', zone: { name, view: 'inside' } }, 'zonestatus example.com IN inside'],
    [{ kind: 'sync', zone: { name, view: 'the "inner" one' } }, 'sync example.com IN "the \\"inner\\" one"'],
  ])('%o is printed as %s', (command, text) => {
    expect(printCommand(command)).toBe(text)
  })

  it('may be given again when it only looks', () => {
    expect(onlyLooks({ kind: 'zonestatus', zone: { name } })).toBe(true)
    expect(onlyLooks({ kind: 'reconfig' })).toBe(false)
  })
})
