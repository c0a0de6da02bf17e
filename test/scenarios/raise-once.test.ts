import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { resume } from '../../src/app/commands/index.ts'
import { killServer } from '../../src/app/lab/index.ts'
import type { Host } from '../../src/io/hosts/index.ts'
import { localHost } from '../../src/io/hosts/index.ts'
import { addRecord, failOver, serialOn } from '../support/fail-over.ts'
import { checkOutAgain } from '../support/second-checkout.ts'
import { beginStory, type Story, UNWATCHED } from '../support/story.ts'
import { until } from '../support/until.ts'

/** The greatest that is allowed: added twice it makes a serial that is not newer than the first (RFC 1982). */
const STEP = 2 ** 30

describe('a failover that dies once the serials are raised, before it could say so', () => {
  let story: Story

  beforeEach(async () => {
    story = await beginStory({}, { 'serial-step': STEP })
  })
  afterEach(() => story.remove())

  it('raises them no second time when it is resumed', async () => {
    const { lab } = story
    await addRecord(lab, 'ns1', 'before')
    await until('ns2 has it', async () => (await serialOn(lab, 'ns1')) === (await serialOn(lab, 'ns2')))
    const serial = await serialOn(lab, 'ns1')
    await killServer(lab, 'ns1')
    const raised = async () => (await serialOn(lab, 'ns2')) === serial + STEP
    let raising = false
    const dieOnceRaised = (host: Host): Host => ({
      ...host,
      async append(file) {
        if (raising && (await raised())) throw new Error('Baton died here')
        return host.append(file)
      },
    })
    const died = failOver(story, {
      openHost: server => ({ ok: true, value: dieOnceRaised(localHost(server.name)) }),
      onEvent: (event, { plan }) => {
        if (event.kind === 'step-began') raising = plan.steps[event.step]?.kind === 'raise'
      },
    })
    await expect(died).rejects.toThrow('Baton died here')
    const resumed = await resume({ fleetFile: await checkOutAgain(lab), takeOver: true, watch: UNWATCHED })
    expect(resumed).toMatchObject({ ok: true, value: { outcome: 'done', unwell: false } })
    expect(await serialOn(lab, 'ns2')).toBe(serial + STEP)
    await until('e1 follows', raisedOn(lab, 'e1', serial + STEP))
  })
})

function raisedOn(lab: Story['lab'], server: string, serial: number) {
  return async () => (await serialOn(lab, server)) === serial
}
