import { appendFileSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Failure, fail, ok, type Refusal, type Result, refuse } from '../../core/base/index.ts'
import { parseZoneStatus } from '../../core/rndc/index.ts'
import type { ZoneBreakage, ZonePlace } from './break.ts'
import { labCommand } from './control.ts'
import { onDisk } from './disk.ts'
import { labServerPaths } from './layout.ts'
import { serverState } from './running.ts'
import { startServer } from './start.ts'
import { stopServer } from './stop.ts'

const GARBAGE = 'This is no zone file.\n'

/** `rndc freeze` of the zone, and `rndc thaw`. A server that was restarted, or is standby by now, holds nothing frozen. */
export const freeze: ZoneBreakage = {
  async inflict({ lab, server, zone }) {
    const answer = await labCommand(lab, server, { kind: 'freeze', zone: { name: zone.name } })
    return answer.ok ? ok(undefined) : answer
  },
  async undo({ lab, server, zone }) {
    if (serverState(lab, server) === 'gone') return ok(undefined)
    const answer = await labCommand(lab, server, { kind: 'thaw', zone: { name: zone.name } })
    return answer.ok || answer.error.code === 'rndc.zone-not-primary' ? ok(undefined) : answer
  },
}

/** The zone's file replaced with garbage, the good one kept beside; unless named has written a new one since. */
export const corrupt: ZoneBreakage = {
  async inflict(place) {
    const { file, kept } = filesOf(place)
    return onDisk(file, () => {
      renameSync(file, kept)
      writeFileSync(file, GARBAGE)
    })
  },
  async undo(place) {
    const { lab, server, zone } = place
    const { file, kept } = filesOf(place)
    const restored = onDisk(file, () => {
      if (!existsSync(kept)) return
      if (existsSync(file) && readFileSync(file, 'utf8') !== GARBAGE) rmSync(kept)
      else renameSync(kept, file)
    })
    if (!restored.ok || serverState(lab, server) !== 'running') return restored
    const status = await labCommand(lab, server, { kind: 'zonestatus', zone: { name: zone.name } })
    if (status.ok || status.error.code !== 'rndc.zone-not-loaded') return ok(undefined)
    const reloaded = await labCommand(lab, server, { kind: 'reload', zone: { name: zone.name } })
    return reloaded.ok ? ok(undefined) : reloaded
  },
}

/**
 * Other content under the same serial, on a server that is secondary for the zone: its file is brought up to date, and given
 * a record more while the server is down. Only a whole transfer heals that.
 */
export const fork: ZoneBreakage = {
  async inflict(place) {
    const { lab, server, zone } = place
    const secondary = await requireSecondary(place)
    if (!secondary.ok) return secondary
    const synced = await labCommand(lab, server, { kind: 'sync', zone: { name: zone.name } })
    if (!synced.ok) return synced
    const stopped = await stopServer(lab, server.name)
    if (!stopped.ok) return stopped
    const { file } = filesOf(place)
    const edited = onDisk(file, () =>
      appendFileSync(file, `\nforked.${zone.name}. 60 IN TXT "only on ${server.name}"\n`),
    )
    const started = await startServer(lab, server.name, 'answering')
    return edited.ok ? started : edited
  },
  async undo({ lab, server, zone }) {
    const answer = await labCommand(lab, server, { kind: 'retransfer', zone: { name: zone.name } })
    return answer.ok || answer.error.code === 'rndc.command-failed' ? ok(undefined) : answer
  },
}

function filesOf({ lab, server, zone }: ZonePlace): { file: string; kept: string } {
  const file = join(labServerPaths(lab.folder, server.name).directory, zone.file)
  return { file, kept: `${file}.kept` }
}

async function requireSecondary(place: ZonePlace): Promise<Result<void, Failure | Refusal>> {
  const { lab, server, zone } = place
  const answer = await labCommand(lab, server, { kind: 'zonestatus', zone: { name: zone.name } })
  if (!answer.ok) return answer
  const status = parseZoneStatus(answer.value.text)
  if (status.ok && status.value.type === 'secondary') return ok(undefined)
  return fail(
    refuse({
      code: 'lab.wrong-role',
      subject: server.name,
      because: `${server.name} is not secondary for ${zone.name}.`,
      remedy: 'Name a standby or a secondary.',
    }),
  )
}
