import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseDocument } from 'yaml'
import { killServer, labServerPaths, startServer } from '../../src/app/lab/index.ts'
import { failOver, orderFailover, returnAsStandby } from '../support/fail-over.ts'
import { checkOutAgain } from '../support/second-checkout.ts'
import { beginStory, type Story } from '../support/story.ts'

describe('an old active at whose address somebody answers who has none of its zones', () => {
  let story: Story

  beforeEach(async () => {
    story = await beginStory()
    await killServer(story.lab, 'ns1')
    const ns1 = story.lab.servers.find(({ name }) => name === 'ns1')
    if (ns1 === undefined) throw new Error('the lab has ns1')
    const { configuration, directory } = labServerPaths(story.lab.folder, 'ns1')
    const { dns, statistics } = ns1
    const own = `pid-file "${directory}/bare.pid"; session-keyfile "${directory}/bare.key"; directory "${directory}";`
    writeFileSync(
      join(configuration, 'named.conf'),
      `options { ${own} listen-on port ${dns.port} { ${dns.address}; }; listen-on-v6 { none; }; recursion no; allow-query { none; }; };
controls { };
statistics-channels { inet ${statistics.address} port ${statistics.port} allow { 127.0.0.1; }; };\n`,
    )
    expect(await startServer(story.lab, 'ns1', 'answering')).toMatchObject({ ok: true })
  })
  afterEach(() => story.remove())

  it('is not silent, whatever the word on its fence; who answers there is told', async () => {
    const fleetFile = await checkOutAgain(story.lab)
    const text = parseDocument(readFileSync(fleetFile, 'utf8'))
    text.deleteIn(['servers', 'ns1', 'statistics'])
    writeFileSync(fleetFile, String(text))
    const refused = await orderFailover({ fleetFile }, { from: 'ns1' })
    expect(refused).toMatchObject({
      ok: false,
      error: [{ code: 'check.active-gone', because: expect.stringContaining('REFUSED') as string }],
    })
    const run = await failOver({ fleetFile }, { from: 'ns1', despiteAnswer: ['ns1'] })
    expect(run).toMatchObject({ ok: true, value: { outcome: 'done', to: 'ns2' } })
    expect(run.ok && run.value.remarks[0]).toMatch(/^ns1 is fenced, although somebody answers REFUSED/)
  })

  it('needs no fence once it is back as a standby', async () => {
    await killServer(story.lab, 'ns1')
    await returnAsStandby(story.lab, 'ns1')
    const run = await failOver(story, { from: 'ns1', fenced: undefined })
    expect(run).toMatchObject({ ok: true, value: { outcome: 'done', to: 'ns2' } })
  })
})
