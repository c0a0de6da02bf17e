import { describe, expect, it } from 'vitest'
import { findUnprinted, readRunbook } from './runbook-page.ts'

const COMMAND = '```sh\nbaton status\n```\n'

describe('a runbook page', () => {
  it('is read as what happens, what is typed where, how it exits, and what it prints', () => {
    const text = [
      'Text.',
      '<!-- lab: kill ns1 -->',
      '1. Look.',
      '   <!-- exit: 2 -->',
      '   ```sh',
      '   baton failover --fenced "at the rack"   # why',
      '   ns1# rndc freeze',
      '   ```',
      '   ```',
      '   frozen',
      '   ```',
    ].join('\n')
    expect(readRunbook(text)).toEqual([
      { kind: 'event', line: 2, words: ['kill', 'ns1'] },
      {
        kind: 'command',
        line: 6,
        server: undefined,
        words: ['baton', 'failover', '--fenced', 'at the rack'],
        exit: 2,
        prints: [],
      },
      { kind: 'command', line: 7, server: 'ns1', words: ['rndc', 'freeze'], exit: 2, prints: ['frozen'] },
    ])
  })

  it.each([
    ['an unknown comment', '<!-- later: more -->'],
    ['an exit code that is none', '<!-- exit: well -->'],
    ['a comment amid text', 'Text <!-- lab: kill ns1 -->'],
    ['output of no command', '```\nall well\n```'],
    ['a block in another language', '```ini\n[Unit]\n```'],
    ['a block without end', '```sh\nbaton status'],
    ['an exit code for no command', `${COMMAND}<!-- exit: 4 -->`],
  ])('is refused with %s', (_, text) => {
    expect(() => readRunbook(text)).toThrow(/^line \d+: /)
  })
})

it('finds what was not printed, in its order, whatever the spaces and whatever stands for …', () => {
  const printed = 'lab  ns1 is active, term 1, since today (2 s ago)\n\n  done: all (well)\n'
  expect(findUnprinted(['lab ns1 is active, …', 'done: all (well)'], printed)).toEqual([])
  expect(findUnprinted(['done: all (well)', 'lab ns1 is active, …'], printed)).toEqual([
    'lab ns1 is active, …',
  ])
  expect(findUnprinted(['done: all'], printed)).toEqual(['done: all'])
})
