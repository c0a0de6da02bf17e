import {
  type DomainName,
  fail,
  isObject,
  ok,
  parseDomainName,
  parseObject,
  type Result,
} from '../base/index.ts'
import type { RenderedZone } from '../render/index.ts'
import { PUSHED_VERSION } from './text.ts'

/** Server name → the managed zones that it holds, in the order of the sources. */
export type ZoneLists = ReadonlyMap<string, readonly RenderedZone[]>

/** The text of `baton/pushed.zones`: the zones of every server, and each list that several share once. */
export function printZoneLists(zones: ZoneLists): string {
  const texts = new Map<readonly RenderedZone[], string>()
  const lists: string[] = []
  const servers: Record<string, number> = {}
  for (const [server, list] of zones) {
    const text = texts.get(list) ?? JSON.stringify(list)
    texts.set(list, text)
    const known = lists.indexOf(text)
    servers[server] = known === -1 ? lists.push(text) - 1 : known
  }
  const printed = lists.join(',\n')
  return `{"version":${PUSHED_VERSION},"servers":${JSON.stringify(servers)},"lists":[\n${printed}\n]}\n`
}

/** Reads `baton/pushed.zones`; servers that share a list get the same one. The error fits after "because". */
export function parseZoneLists(text: string): Result<ZoneLists, string> {
  const read = parseObject(text)
  if (read === undefined) return fail('it is not JSON')
  if (read['version'] !== PUSHED_VERSION) return fail(`its version is not ${PUSHED_VERSION}`)
  const { servers, lists } = read
  if (!isObject(servers) || !Array.isArray(lists)) return fail('it holds no lists')
  const zones: (readonly RenderedZone[])[] = []
  for (const list of lists as readonly unknown[]) {
    const parsed = Array.isArray(list) ? (list as readonly unknown[]).map(readZone) : [undefined]
    const whole = parsed.filter(zone => zone !== undefined)
    if (whole.length < parsed.length) return fail('a zone in it is not as Baton writes it')
    zones.push(whole)
  }
  const byServer = new Map<string, readonly RenderedZone[]>()
  for (const [server, index] of Object.entries(servers)) {
    const list = typeof index === 'number' ? zones[index] : undefined
    if (list === undefined) return fail(`it has no list for ${server}`)
    byServer.set(server, list)
  }
  return ok(byServer)
}

function readZone(value: unknown): RenderedZone | undefined {
  if (!isObject(value)) return undefined
  const { view, set, dynamic, file, journal, format, signing, inlineSigning, keyDirectory, updateKeys } =
    value
  const name = nameIn(value['name'])
  const isWhole =
    [view, set, file, journal].every(word => typeof word === 'string') &&
    [dynamic, signing, inlineSigning].every(word => typeof word === 'boolean') &&
    (format === 'text' || format === 'raw') &&
    (keyDirectory === undefined || typeof keyDirectory === 'string') &&
    Array.isArray(updateKeys) &&
    updateKeys.every(key => typeof key === 'string')
  if (name === undefined || !isWhole) return undefined
  return { ...(value as Omit<RenderedZone, 'name' | 'keyDirectory'>), name, keyDirectory }
}

function nameIn(value: unknown): DomainName | undefined {
  const name = typeof value === 'string' ? parseDomainName(value) : undefined
  return name?.ok === true ? name.value : undefined
}
