import { ok, type Problem, type Result } from '../../../core/base/index.ts'
import type { Fleet, Server } from '../../../core/fleet/index.ts'
import { newestPushes, readLastPushes } from './last-pushes.ts'
import { type FleetHead, readKeys } from './read-folder.ts'
import { linksTo, type SessionOptions } from './session-options.ts'

/**
 * The fleet as it was pushed last, reached as `baton.yaml` says now: an edit that was not pushed, or an older checkout, says
 * nothing of what lies on the servers. As it is where no peer knows better.
 */
export async function asPushed(
  head: FleetHead,
  options: SessionOptions,
): Promise<Result<FleetHead, readonly Problem[]>> {
  const links = linksTo(head, options)
  if (!links.ok) return links
  const pushes = await readLastPushes(links.value)
  await links.value.close()
  const [last] = newestPushes(pushes)
  if (last === undefined || last.fleetFile === head.fleetFile || last.fleet !== head.fleet.name)
    return ok(head)
  const { readFleet } = await import('../../../core/fleetfile/index.ts')
  const reading = readFleet(last.fleetFile, head.fleet.file)
  if (!reading.ok) return ok(head)
  const fleet = reachedAs(reading.value.fleet, head.fleet)
  const keys = await readKeys(fleet.keys)
  return keys.ok ? ok({ ...head, fleet, keys: new Map([...head.keys, ...keys.value]) }) : keys
}

/** A server may be reached in another way since, and be fenced in another; what it is told is as it was pushed. */
function reachedAs(pushed: Fleet, now: Fleet): Fleet {
  const servers = pushed.servers.map((server): Server => {
    const same = now.servers.find(({ name }) => name === server.name)
    if (same === undefined) return server
    const { reach, control, statistics } = same
    return { ...server, reach, control, statistics }
  })
  const { transferKey, notifyDelayS, notifyRate, masterfileFormat } = pushed.policy
  const policy = { ...now.policy, transferKey, notifyDelayS, notifyRate, masterfileFormat }
  return { ...pushed, servers, fence: now.fence, policy }
}

/** The same servers for whoever connects to them: other servers know the address that was pushed, and we the one that is named now. */
export function addressedAs(pushed: Fleet, now: Fleet): Fleet {
  const servers = pushed.servers.map((server): Server => {
    const same = now.servers.find(({ name }) => name === server.name)
    return same === undefined ? server : { ...server, dns: same.dns }
  })
  return { ...pushed, servers }
}
