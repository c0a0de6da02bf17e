import { format, inspect } from 'node:util'
import { expect, it } from 'vitest'
import { SharedKey } from '../../../src/core/base/index.ts'

const SECRET = 'a secret that must not be seen'
const key = new SharedKey('transfer', 'hmac-sha256', new TextEncoder().encode(SECRET))

it.each([
  ['printed', () => format('%s', key)],
  ['serialised', () => JSON.stringify({ key })],
  ['inspected', () => inspect(key, { depth: 9, showHidden: true })],
  ['spread', () => JSON.stringify({ ...key })],
])('a shared key that is %s does not show its secret', (_how, show) => {
  const shown = show()
  expect(shown).not.toContain(SECRET)
  expect(shown).not.toContain(btoa(SECRET))
  expect(shown).not.toContain(String(new TextEncoder().encode(SECRET)))
})

it('a shared key reveals its secret to who asks for it', () => {
  expect(new TextDecoder().decode(key.reveal())).toBe(SECRET)
})
