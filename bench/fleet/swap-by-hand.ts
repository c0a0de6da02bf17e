import { copyFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { findServer, type Lab, labServerPaths, labZones } from '../../src/app/lab/index.ts'
import { fetchZoneStatistics, openControl } from '../../src/io/net/index.ts'
import { keyOf } from './large-lab.ts'

const COMMAND_DEADLINE_MS = 120_000
const LOADED_DEADLINE_MS = 300_000
const POLL_MS = 50
const CLOCK = { now: () => Date.now(), elapsed: () => performance.now() }

/**
 * What a person does: `cp named.ROLE.conf named.conf`, `rndc reconfig`, and wait until every zone is loaded. The wait is
 * the quickest there is (a person's own would take longer), and nothing at all is checked. In milliseconds.
 */
export async function swapByHand(lab: Lab, name: string, role: 'active' | 'standby'): Promise<number> {
  const server = findServer(lab, name)
  if (!server.ok) throw new Error(server.error.because)
  const { configuration } = labServerPaths(lab.folder, name)
  const target = { server: name, endpoint: server.value.control, key: keyOf(lab, 'rndc') }
  const control = await openControl(target, { clock: CLOCK, deadlineMs: COMMAND_DEADLINE_MS })
  if (!control.ok) throw new Error(control.error.because)
  const started = performance.now()
  copyFileSync(`${configuration}/named.${role}.conf`, `${configuration}/named.conf`)
  const reconfigured = await control.value.ask({ kind: 'reconfig' })
  if (!reconfigured.ok) throw new Error(reconfigured.error.because)
  const names = labZones(lab.plan).map(zone => zone.name)
  const type = role === 'active' ? 'primary' : 'secondary'
  while (performance.now() - started < LOADED_DEADLINE_MS) {
    const seen = await fetchZoneStatistics(server.value.statistics, { deadlineMs: COMMAND_DEADLINE_MS })
    const isLoaded =
      seen.ok &&
      names.every(zone => {
        const found = seen.value.zones.get(zone)
        return found?.type === type && found.serial !== undefined
      })
    if (isLoaded) {
      control.value.end()
      return performance.now() - started
    }
    await pause(POLL_MS)
  }
  throw new Error(`${name} had not loaded its zones after ${LOADED_DEADLINE_MS} ms`)
}
