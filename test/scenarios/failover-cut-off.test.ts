import { readFileSync, writeFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { parseDocument } from 'yaml'
import { findPorts } from '../../src/app/lab/index.ts'
import { orderFailover } from '../support/fail-over.ts'
import { checkOutAgain } from '../support/second-checkout.ts'
import { beginStory, type Story } from '../support/story.ts'
import { until } from '../support/until.ts'

let story: Story

afterEach(() => story.remove())

/** A fleet file in which ns1 is where nobody answers: to this machine it is gone, and to nobody else. */
async function cutOff(): Promise<string> {
  const fleetFile = await checkOutAgain(story.lab)
  const ports = await findPorts(3)
  if (!ports.ok) throw new Error('no ports')
  const [port, rndc, statistics] = ports.value
  const text = parseDocument(readFileSync(fleetFile, 'utf8'))
  text.setIn(['servers', 'ns1', 'port'], port)
  text.setIn(['servers', 'ns1', 'rndc', 'port'], rndc)
  text.setIn(['servers', 'ns1', 'statistics'], statistics)
  writeFileSync(fleetFile, String(text))
  return fleetFile
}

async function sightingsFrom(fleetFile: string): Promise<readonly string[]> {
  const prepared = await orderFailover({ fleetFile }, {})
  if (prepared.ok) await prepared.value.close()
  const problems = prepared.ok ? [] : prepared.error
  return problems.flatMap(({ code, ...problem }) =>
    code === 'check.active-unseen' && 'because' in problem ? [problem.because] : [],
  )
}

describe('an active that only this machine does not reach', () => {
  it('is seen through the standby, which passes updates on to it', async () => {
    story = await beginStory()
    const sightings = await sightingsFrom(await cutOff())
    expect(sightings.join('\n')).toMatch(/^ns2 passed an update of .* on to it, and it was taken/m)
  })

  it('is seen through servers that refresh a zone from it, where nothing takes updates', async () => {
    story = await beginStory({ zonesDynamic: 0 })
    const fleetFile = await cutOff()
    await until('somebody had an answer from a primary', async () => {
      const sightings = await sightingsFrom(fleetFile)
      return sightings.some(because => because.includes('had an answer about'))
    })
  })
})
