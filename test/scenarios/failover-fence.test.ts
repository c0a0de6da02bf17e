import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseDocument } from 'yaml'
import { history, status } from '../../src/app/commands/index.ts'
import { killServer } from '../../src/app/lab/index.ts'
import { failOver } from '../support/fail-over.ts'
import { beginStory, type Story } from '../support/story.ts'

let story: Story

beforeEach(async () => {
  story = await beginStory()
  await killServer(story.lab, 'ns1')
})
afterEach(() => story.remove())

function writeFence(body: string): string {
  const program = join(story.lab.folder, 'fence')
  writeFileSync(program, `#!/bin/sh\n${body}\n`)
  chmodSync(program, 0o755)
  const text = parseDocument(readFileSync(story.fleetFile, 'utf8'))
  text.set('fence', './fence')
  writeFileSync(story.fleetFile, String(text))
  return program
}

describe('the fence of a fleet', () => {
  it('is called with the name of the server, and what it says is recorded', async () => {
    const program = writeFence('echo "$1 is off" | tee "$0.called"')
    const run = await failOver(story, { fenced: undefined })
    expect(run).toMatchObject({ ok: true, value: { outcome: 'done' } })
    expect(readFileSync(`${program}.called`, 'utf8')).toBe('ns1 is off\n')
    expect(run.ok && run.value.remarks).toContain('ns1 is fenced: ns1 is off')
  })

  it('that fails leaves everything as it was', async () => {
    writeFence('echo "no answer from the switch" >&2; exit 3')
    const run = await failOver(story, { fenced: undefined })
    expect(run).toMatchObject({ ok: true, value: { outcome: 'rolled-back' } })
    expect(run.ok && run.value.because).toMatch(/exited with 3 and said: no answer from the switch/)
    const stands = await status({ fleetFile: story.fleetFile })
    expect(stands.ok && stands.value.sets).toMatchObject([{ active: null, term: 1 }])
    const told = await history({ fleetFile: story.fleetFile })
    expect(told.ok && told.value.runs).toMatchObject([{ outcome: 'rolled-back', fenced: null }])
  })

  it('is not called for a person who says how it was done', async () => {
    const program = writeFence('touch "$0.called"')
    expect(await failOver(story)).toMatchObject({ ok: true, value: { outcome: 'done' } })
    expect(existsSync(`${program}.called`)).toBe(false)
  })
})
