import type { Fleet } from './fleet.ts'

/**
 * A command for a server's control channel as a person can type it here, with the address, the port and the key that
 * Baton itself goes by. `words` are those after the options: `freeze`, `retransfer z1.example`.
 */
export function rndcCommand(fleet: Fleet, server: string, words: string): string {
  const control = fleet.servers.find(({ name }) => name === server)?.control
  if (control === undefined) return `rndc ${words}`
  const key = fleet.keys.find(({ name }) => name === control.key)
  const options = [
    `-s ${control.address}`,
    `-p ${control.port}`,
    ...(key === undefined ? [] : [`-k ${quoted(key.file)}`]),
  ]
  return `rndc ${options.join(' ')} ${words}`
}

/**
 * The same for zones of it, by `zoneId`: with the name and the view where it is one, with the word ZONE where there are
 * more. A name may have a slash in it (RFC 2317), so the view is what follows the last one, in a fleet with views.
 */
export function rndcZones(fleet: Fleet, server: string, order: ZonesOrder): string {
  const [id, ...others] = order.zones
  return rndcCommand(
    fleet,
    server,
    `${order.verb} ${id === undefined || others.length > 0 ? 'ZONE' : zoneWords(fleet, id)}`,
  )
}

export type ZonesOrder = { readonly verb: string; readonly zones: readonly string[] }

function zoneWords(fleet: Fleet, id: string): string {
  const slash = fleet.views.length === 0 ? -1 : id.lastIndexOf('/')
  return slash === -1 ? quoted(id) : `${quoted(id.slice(0, slash))} IN ${id.slice(slash + 1)}`
}

/** For a shell, where it is not plain. */
function quoted(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
