import { expect, test } from 'vitest'
import { isUnitName, printUnits } from '../../../src/core/guard/index.ts'

test('systemd takes a path literally, whatever is in it', () => {
  const script = '/srv/50% "of" $HOME/baton/guard'
  const [dropIn] = printUnits({ script, unit: 'named.service' })
  expect(dropIn?.content).toContain(' guard "/srv/50%% \\"of\\" $$HOME" boot\n')
})

test('what a unit runs is one line, with nothing in it that ends its quotes or that systemd changes', () => {
  const [dropIn] = printUnits({ script: '/etc/bind/baton/guard', unit: 'named.service' })
  const started = /^ExecStartPre=\+\/bin\/sh -c '([^'\\%]+)' guard \/etc\/bind boot$/m.exec(
    dropIn?.content ?? '',
  )?.[1]
  expect(started?.replaceAll('$$', '')).not.toContain('$')
  expect(started).toMatch(/^cd "\$\$1" \|\| exit 0; .*; exit 0$/)
})

test.each([
  ['named.service', true],
  ['named@east.service', true],
  ['named', false],
  ['../named.service', false],
  ['.service', false],
  ['a b.service', false],
  ['', false],
])('%s names a unit: %s', (name, expected) => {
  expect(isUnitName(name)).toBe(expected)
})
