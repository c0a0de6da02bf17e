import { absolutePath, type Failure, ok, type Result } from '../../core/base/index.ts'
import type { RenderedZone } from '../../core/render/index.ts'
import type { ServerLink } from './link.ts'

/** `K*.key`, `.private` and `.state` of every key directory that signed zones use, relative name → SHA-256 (hex). */
export async function seeSigningKeys(
  link: ServerLink,
  zones: readonly RenderedZone[],
): Promise<Result<ReadonlyMap<string, string>, Failure>> {
  const { directory } = link.server.paths
  const folders = new Set(zones.filter(({ signing }) => signing).map(zone => zone.keyDirectory ?? '.'))
  const digests = new Map<string, string>()
  for (const folder of folders) {
    const absolute = absolutePath(directory, folder)
    const names = await link.host.list(absolute)
    if (!names.ok) return names
    const files = names.value.filter(name => /^K.+\.(key|private|state)$/.test(name))
    const found = await link.host.digests(files.map(name => `${absolute}/${name}`))
    if (!found.ok) return found
    for (const name of files) {
      const digest = found.value.get(`${absolute}/${name}`)
      if (digest !== undefined) digests.set(`${folder}/${name}`, digest)
    }
  }
  return ok(digests)
}
