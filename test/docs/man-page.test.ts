import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { printManPage } from '../../tools/docs/print-man-page.ts'

const FOUND = spawnSync('man', ['--version']).status === 0

describe('man/baton.1', () => {
  it('is what `npm run docs` writes', () => {
    const isCurrent = readFileSync('man/baton.1', 'utf8') === printManPage()
    expect(isCurrent, 'npm run docs writes it anew').toBe(true)
  })

  it.skipIf(!FOUND)('is read by man without a warning', () => {
    const read = spawnSync('man', ['--warnings', '-l', 'man/baton.1'], {
      encoding: 'utf8',
      env: { ...process.env, MANPAGER: 'cat', MANWIDTH: '80', LC_ALL: 'C.UTF-8' },
    })
    expect(read.stderr).toBe('')
    expect(read.stdout).toContain('baton - pass the primary role')
  })
})
