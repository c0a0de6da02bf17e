import { countOf, listFew } from '../../../core/base/index.ts'
import { linkOf } from '../../../io/observe/index.ts'
import { readRescues, type SavedRescue } from '../../../io/rescue/index.ts'
import type { RunDocument } from '../../contract/index.ts'
import type { Session } from '../session/session.ts'
import type { RejoinDone } from './rejoin-done.ts'
import { type OrphanCount, saveOrphans } from './save-orphans.ts'

/** What was saved of the returned server, and what of it the active never received. */
export async function tellRescues(
  session: Session,
  { set, from, to, term }: RejoinDone,
  document: RunDocument,
): Promise<RunDocument> {
  const saved = await readRescues(linkOf(session.links, from))
  if (!saved.ok) return { ...document, problems: [...document.problems, saved.error] }
  const rescues: string[] = []
  for (const rescue of saved.value.filter(each => isOfLastTerm(each, set, term))) {
    const { place } = rescue
    const counted = await saveOrphans(session, { server: from, place })
    const see = `\`baton rescue show ${from} ${place}\``
    if (!counted.ok)
      rescues.push(`rescue of ${from}, term ${place}: what ${to} never received is not known: see ${see}`)
    else if (counted.value !== undefined)
      rescues.push(`rescue of ${from}, term ${place}: ${inWords(counted.value, { to, see })}`)
  }
  return { ...document, rescues }
}

/** Whether it holds what its server had in the term that ended, for as far as its manifest can be read. */
export function isOfLastTerm({ manifest }: SavedRescue, set: string, term: number): boolean {
  if (!manifest.ok) return true
  const { value } = manifest
  return (value.set === set || value.set === '*') && (value.term === undefined || value.term >= term - 1)
}

function inWords(
  zones: readonly OrphanCount[],
  { to, see }: { readonly to: string; readonly see: string },
): string {
  const orphans = zones.filter(zone => zone.orphans > 0)
  const total = orphans.reduce((sum, zone) => sum + zone.orphans, 0)
  const unclear = zones.filter(({ troubles }) => troubles.length > 0)
  const counted = listFew(orphans.map(zone => `${zone.zone} ${zone.orphans}`))
  const updates = countOf(total, 'update')
  if (unclear.length === 0)
    return total === 0
      ? `it holds no update that ${to} never received`
      : `it holds ${updates} that ${to} never received (${counted}): ${see}`
  const doubtful = listFew(unclear.map(({ zone }) => zone))
  const may = total === 0 ? '' : `it may hold ${updates} that ${to} never received (${counted}); `
  return `${may}not all is known of ${doubtful}: ${see}`
}
