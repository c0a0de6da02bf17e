import { expect, test } from 'vitest'
import { readGuardLine } from '../../../src/core/guard/index.ts'

test('a logged line, whole', () => {
  const text =
    '2026-11-22T16:02:38Z boot: set default standby because guard.higher-term; own active term 7; ' +
    'heard ns2=higher-term ns3=silent; saved 3 files in rescue/7'
  expect(readGuardLine(text)).toEqual({
    at: '2026-11-22T16:02:38Z',
    mode: 'boot',
    set: 'default',
    outcome: 'standby',
    code: 'guard.higher-term',
    term: 7,
    heard: [
      { server: 'ns2', answer: 'higher-term' },
      { server: 'ns3', answer: 'silent' },
    ],
    remark: 'saved 3 files in rescue/7',
  })
})

test('a line about the whole server, and one of a server that knows nothing', () => {
  expect(readGuardLine('boot: unsafe because guard.named-running; nothing was changed')).toMatchObject({
    at: undefined,
    set: undefined,
    outcome: 'unsafe',
    heard: [],
    remark: 'nothing was changed',
  })
  expect(
    readGuardLine(
      'decide: set * standby because guard.state-empty; own state-empty term unknown; heard nobody',
    ),
  ).toMatchObject({ set: '*', term: undefined, heard: [], remark: '' })
})

test.each([
  '',
  'sh: 3: Syntax error: "(" unexpected',
  'boot: set default standby because guard.no-such-code',
  'boot: set default asleep because guard.confirmed',
  '2026-11-22T16:02:38Z ',
])('no line of the guard’s: %s', text => {
  expect(readGuardLine(text)).toBeUndefined()
})
