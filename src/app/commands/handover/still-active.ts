import { peersOf } from '../../../core/fleet/index.ts'
import { linkOf, seeMarker } from '../../../io/observe/index.ts'
import type { RunDocument } from '../../contract/index.ts'
import type { RejoinDone } from '../rejoin/rejoin-done.ts'
import type { Session } from '../session/session.ts'

/** Who else is active beside the one that was kept. One more run is needed for each. */
export async function tellStillActive(
  { fleet, links }: Pick<Session, 'fleet' | 'links'>,
  { set, from, to }: RejoinDone,
  document: RunDocument,
): Promise<RunDocument> {
  const others = peersOf(fleet, set)
    .map(({ name }) => name)
    .filter(name => name !== from && name !== to)
  const markers = await Promise.all(others.map(name => seeMarker(links, linkOf(links, name), set)))
  const told = others
    .filter((_, index) => markers[index]?.ok === true && markers[index].value.role === 'active')
    .map(name => `${name} is active too: \`baton resolve --keep ${to}\` once more makes it a standby`)
  if (told.length === 0) return document
  return { ...document, unwell: true, remarks: [...document.remarks, ...told] }
}
