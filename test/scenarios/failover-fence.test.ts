import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseDocument } from 'yaml'
import { history, status } from '../../src/app/commands/index.ts'
import { killServer } from '../../src/app/lab/index.ts'
import { failOver } from '../support/fail-over.ts'
import { beginStory, type Story } from '../support/story.ts'
import { until } from '../support/until.ts'

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

  it('is over when its program is, whatever that leaves in the background', async () => {
    const program = writeFence(`sleep 600 & echo $! > "$0.child"; echo "$1 is off"`)
    const run = await failOver(story, { fenced: undefined })
    process.kill(Number(readFileSync(`${program}.child`, 'utf8')), 'SIGKILL')
    expect(run).toMatchObject({ ok: true, value: { outcome: 'done' } })
    expect(run.ok && run.value.remarks).toContain('ns1 is fenced: ns1 is off')
  })

  it('ends with all that it started when a person stops the run', async () => {
    const program = writeFence(`echo "asking the switch"; sleep 600 & echo $! > "$0.child"; wait`)
    const stop = new AbortController()
    const running = failOver(story, { fenced: undefined, signal: stop.signal })
    await until('the fence waits', () => existsSync(`${program}.child`))
    stop.abort()
    const run = await running
    expect(run).toMatchObject({ ok: true, value: { outcome: 'rolled-back' } })
    expect(run.ok && run.value.because).toMatch(/stopped by a person .*it had said: asking the switch/)
    const child = Number(readFileSync(`${program}.child`, 'utf8'))
    await until('its child is gone', () => !existsSync(`/proc/${child}`))
  })

  it('is not called for a person who says how it was done', async () => {
    const program = writeFence('touch "$0.called"')
    expect(await failOver(story)).toMatchObject({ ok: true, value: { outcome: 'done' } })
    expect(existsSync(`${program}.called`)).toBe(false)
  })
})
