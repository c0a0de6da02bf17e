import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSession, type Session } from '../../../src/app/commands/session/session.ts'
import { labZones, readLabKey, startWriter } from '../../../src/app/lab/index.ts'
import { compareContent } from '../../../src/io/compare/index.ts'
import { linkOf } from '../../../src/io/observe/index.ts'
import { createTemporaryLab, type TemporaryLab } from '../../support/temporary-lab.ts'

/** So many updates to one zone lie between two NOTIFYs that its copies are behind at every look. */
const UPDATES_PER_SECOND = 30

describe('the comparison of a zone that is written to all the time', () => {
  let fleet: TemporaryLab
  let session: Session | undefined

  beforeAll(async () => {
    fleet = await createTemporaryLab({ zones: 1, zonesDynamic: 1 })
    const opened = await openSession({ fleetFile: join(fleet.lab.folder, 'baton.yaml') })
    if (!opened.ok) throw new Error(JSON.stringify(opened.error))
    session = opened.value
  })

  afterAll(async () => {
    await session?.close()
    await fleet.remove()
  })

  it('finds every copy equal at a serial that both had', async () => {
    const { lab } = fleet
    if (session === undefined) throw new Error('the fleet is not open')
    const { links, rendered } = session
    const key = readLabKey(lab.folder, 'writer')
    if (!key.ok) throw new Error(key.error.because)
    const reference = linkOf(links, 'ns1')
    const writer = startWriter({
      endpoints: [reference.server.dns],
      key: key.value,
      zones: labZones(lab.plan).map(({ name }) => name),
      ratePerSecond: UPDATES_PER_SECOND,
      updatesMax: 10_000,
    })
    try {
      await expect
        .poll(() => writer.progress().acknowledged, { timeout: 15_000 })
        .toBeGreaterThan(UPDATES_PER_SECOND)
      const zones = rendered.get('ns1')?.zones ?? []
      const others = links.servers.filter(server => server !== reference)
      const pairs = others.flatMap(server => zones.map(zone => ({ server, zone })))
      const { equal, differences } = await compareContent(links, { reference, pairs })
      expect(differences).toEqual([])
      expect(equal).toHaveLength(others.length)
    } finally {
      await writer.stop()
    }
  })
})
