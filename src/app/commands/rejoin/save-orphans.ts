import { type Failure, fail, ok, type Problem, type Result } from '../../../core/base/index.ts'
import { printForks } from '../../../core/rescue/index.ts'
import { linkOf } from '../../../io/observe/index.ts'
import { addToReplayRecord } from '../../../io/rescue/index.ts'
import { type JudgedRescue, judgeRescue } from '../rescue/rescue-judge.ts'
import { rescueDocument } from '../rescue/rescue-show.ts'
import type { Session } from '../session/session.ts'

/** What a rescue holds that the active never received, zone by zone; zones that hold nothing are left out. */
export type OrphanCount = {
  /** By `zoneId`. */
  readonly zone: string
  /** Updates that are known one by one. */
  readonly orphans: number
  /** What keeps them from being known all. */
  readonly troubles: readonly Problem[]
}

const FILE_MODE = 0o640

/**
 * Counts the orphans of a rescue (nothing where it was discarded, for then nobody can tell), writes down where its zones forked, and writes the orphans beside it as they stand to the active now: `orphans.json`, and for each view a
 * script for nsupdate. Whoever has no Baton finds them there.
 */
export async function saveOrphans(
  session: Session,
  rescue: { readonly server: string; readonly place: string },
): Promise<Result<readonly OrphanCount[] | undefined, readonly Problem[]>> {
  const judged = await judgeRescue(session, { ...rescue, zone: undefined })
  if (!judged.ok) return judged.error.some(({ code }) => code === 'rescue.discarded') ? ok(undefined) : judged
  const { rescue: saved, found } = judged.value
  const noted = await noteForks(session, judged.value)
  if (!noted.ok) return fail([noted.error])
  const document = rescueDocument(session, judged.value)
  const files = [
    { name: 'orphans.json', content: `${JSON.stringify(document, undefined, 2)}\n` },
    ...document.nsupdate.map(({ view, script }) => ({ name: scriptName(view), content: script })),
  ]
  const { host } = linkOf(session.links, rescue.server)
  for (const { name, content } of found.length === 0 ? [] : files) {
    const path = `${saved.folder}/${name}`
    const written = await host.replace({ path, content, mode: FILE_MODE, user: undefined })
    if (!written.ok) return fail([written.error])
  }
  return ok(found.map(({ id, orphans, troubles }) => ({ zone: id, orphans: orphans.length, troubles })))
}

/** As long as the active's journal reaches back to where it parted with the server that was rescued. */
function noteForks(
  { links }: Session,
  { rescue, record, found, zones, forks }: JudgedRescue,
): Promise<Result<void, Failure>> {
  const known = new Map([...forks].filter(([id]) => !record.forks.has(id)))
  for (const { id } of found) known.delete(id)
  for (const { rescued, troubles } of zones)
    if (troubles.length === 0 && rescued.fork.kind !== 'unknown' && !record.forks.has(rescued.id))
      known.set(rescued.id, rescued.fork.serial)
  return known.size === 0
    ? Promise.resolve(ok(undefined))
    : addToReplayRecord(linkOf(links, rescue.server), rescue, printForks(known))
}

function scriptName(view: string): string {
  return view === '_default' ? 'orphans.nsupdate' : `orphans.${view}.nsupdate`
}
