import type { RenderedZone } from './rendered.ts'

/** The version of the format below; a reader refuses any other. */
const VERSION = 1

/** Server → its managed zones, in the order of the sources. */
export type ZoneLists = ReadonlyMap<string, readonly RenderedZone[]>

/**
 * The zones of every server as JSON. Servers whose zones are alike share one list, so that the zones of a large fleet are
 * written about as often as there are roles, not as there are servers.
 */
export function printZoneLists(zones: ZoneLists): string {
  const lists = new Map<string, number>()
  const printed = new Map<readonly RenderedZone[], string>()
  const servers: Record<string, number> = {}
  for (const [server, list] of zones) {
    const text = printed.get(list) ?? JSON.stringify(list)
    printed.set(list, text)
    const index = lists.get(text) ?? lists.size
    lists.set(text, index)
    servers[server] = index
  }
  return `{"version":${VERSION},"servers":${JSON.stringify(servers)},"lists":[\n${[...lists.keys()].join(',\n')}\n]}\n`
}

/** Nothing where the text is not whole, or of another version. */
export function parseZoneLists(text: string): ZoneLists | undefined {
  try {
    const { version, servers, lists } = JSON.parse(text) as Partial<Printed>
    if (version !== VERSION || servers === undefined || !Array.isArray(lists)) return undefined
    const entries = Object.entries(servers).map(([server, index]) => [server, lists[index]] as const)
    return entries.every((entry): entry is [string, RenderedZone[]] => Array.isArray(entry[1]))
      ? new Map(entries)
      : undefined
  } catch {
    return undefined
  }
}

type Printed = {
  readonly version: number
  readonly servers: Readonly<Record<string, number>>
  readonly lists: readonly (readonly RenderedZone[])[]
}
