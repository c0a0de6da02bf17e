import { copyFileSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Failure, fail, ok, type Refusal, type Result, refuse } from '../../core/base/index.ts'
import type { ServerBreakage } from './break.ts'
import { labCommand, requireRunning } from './control.ts'
import { onDisk } from './disk.ts'
import { installedActives } from './installed-actives.ts'
import { labServerPaths } from './layout.ts'
import type { Lab, LabServer } from './record.ts'
import { serverState } from './running.ts'

const EDIT = '\n// Edited by hand, and nobody was told.\n'

/** A line more in `named.conf`, and a line less again unless a swap has replaced the file since. */
export const drift: ServerBreakage = {
  async inflict(lab, server) {
    const { namedConf } = labServerPaths(lab.folder, server.name)
    return onDisk(namedConf, () => writeFileSync(namedConf, EDIT, { flag: 'a' }))
  },
  async undo(lab, server) {
    const { namedConf } = labServerPaths(lab.folder, server.name)
    return onDisk(namedConf, () => {
      const text = readFileSync(namedConf, 'utf8')
      if (text.includes(EDIT)) writeFileSync(namedConf, text.replaceAll(EDIT, ''))
    })
  },
}

/**
 * A standby's active configuration, installed as one would by hand; then its standby configuration again, unless it has
 * become the only active by now.
 */
export const twoActives: ServerBreakage = {
  async inflict(lab, server) {
    const running = requireRunning(lab, server)
    if (!running.ok) return running
    const actives = installedActives(lab)
    if (!actives.ok) return actives
    if (server.kind !== 'peer' || actives.value.includes(server)) return refuseRole(server)
    return install(lab, server, 'named.active.conf')
  },
  async undo(lab, server) {
    const actives = installedActives(lab)
    if (!actives.ok) return actives
    if (actives.value.length < 2 || !actives.value.includes(server)) return ok(undefined)
    return install(lab, server, 'named.standby.conf')
  },
}

/** Puts a configuration in the place of `named.conf` in one go, and has a running server take it. */
async function install(
  lab: Lab,
  server: LabServer,
  file: 'named.active.conf' | 'named.standby.conf',
): Promise<Result<void, Failure | Refusal>> {
  const { configuration, namedConf } = labServerPaths(lab.folder, server.name)
  const beside = `${namedConf}.new`
  const installed = onDisk(namedConf, () => {
    rmSync(beside, { force: true })
    copyFileSync(join(configuration, file), beside)
    renameSync(beside, namedConf)
  })
  if (!installed.ok || serverState(lab, server) !== 'running') return installed
  const answer = await labCommand(lab, server, { kind: 'reconfig' })
  return answer.ok ? ok(undefined) : answer
}

function refuseRole(server: LabServer): Result<never, Refusal> {
  return fail(
    refuse({
      code: 'lab.wrong-role',
      subject: server.name,
      because: `${server.name} is no standby.`,
      remedy: 'Name a peer that is standby now.',
    }),
  )
}
