import { type Failure, fail, failure, ok, type Result } from '../../../core/base/index.ts'
import { isManaged } from '../../../core/fleet/index.ts'
import { encodeConf } from '../../../core/namedconf/index.ts'
import type { Plan } from '../../../core/plan/index.ts'
import { digestOf, parseZoneLists, printZoneLists, type ZoneLists } from '../../../core/pushed/index.ts'
import type { RenderedServer } from '../../../core/render/index.ts'
import type { RunGround } from '../../../io/engine/index.ts'
import { type BesideFile, type HeldPlace, type JournalCopy, readBeside } from '../../../io/journal/index.ts'
import { batonFolder, linkOf } from '../../../io/observe/index.ts'
import type { Session } from '../session/session.ts'

/** What a run goes by besides its plan: it lies beside it on every copy, so that whoever resumes needs no fleet folder. */
export type RunRecord = Pick<RunGround, 'zones' | 'contentOf'> & { readonly beside: readonly BesideFile[] }

/** The list of every server's zones, as it is written down with a plan. */
export function zonesBeside({ rendered }: Pick<Session, 'rendered'>) {
  const content = printZoneLists(zonesIn(rendered))
  return { digest: digestOf(content), content }
}

/** The record of a run that begins: from what was rendered. */
export function recordOfRun({ rendered }: Pick<Session, 'rendered'>, plan: Plan): RunRecord {
  const wanted = new Set(
    plan.steps.flatMap(step => (step.kind === 'stage' ? step.files.map(({ digest }) => digest) : [])),
  )
  const lists = zonesBeside({ rendered })
  const contents = new Map([[lists.digest, encodeConf(lists.content)]])
  if (wanted.size > 0)
    for (const { files } of rendered.values())
      for (const { content } of files) {
        const digest = digestOf(content)
        if (wanted.has(digest)) contents.set(digest, encodeConf(content))
      }
  return {
    zones: zonesIn(rendered),
    contentOf: async digest => {
      const content = contents.get(digest)
      return content === undefined ? fail(notRendered(digest)) : ok(content)
    },
    beside: [...contents].map(([digest, content]) => ({ digest, content })),
  }
}

/** The record of a run that somebody began, as its copies have it. */
export async function readRunRecord(
  copies: readonly JournalCopy[],
  plan: Plan & { readonly record: NonNullable<Plan['record']> },
): Promise<Result<RunRecord, Failure>> {
  const { run } = plan
  const digest = plan.record.zones
  const read = await readBeside(copies, { run, digest })
  if (!read.ok) return read
  const zones = parseZoneLists(new TextDecoder().decode(read.value))
  if (!zones.ok) return fail(otherFormat(run, zones.error))
  const contentOf = (wanted: string) => readBeside(copies, { run, digest: wanted })
  return ok({ zones: zones.value, contentOf, beside: [{ digest, content: read.value }] })
}

/** Servers without a copy of the run whose files it changes. */
export function heldBesides({ links }: Pick<Session, 'links'>, plan: Plan): readonly HeldPlace[] {
  const changed = new Set(plan.steps.flatMap(step => (step.kind === 'stage' ? [step.server] : [])))
  return [...changed]
    .map(name => linkOf(links, name))
    .filter(({ server }) => server.kind !== 'peer' && isManaged(server))
    .map(({ server, host }) => ({ name: server.name, files: host, folder: batonFolder(server) }))
}

function zonesIn(rendered: ReadonlyMap<string, RenderedServer>): ZoneLists {
  return new Map([...rendered].map(([server, { zones }]) => [server, zones]))
}

function notRendered(digest: string): Failure {
  return failure({
    code: 'engine.record-unreadable',
    subject: digest.slice(0, 12),
    because: 'the fleet folder does not render to a file that the plan names',
    remedy: '`baton rollback` takes the run back.',
  })
}

function otherFormat(run: string, why: string): Failure {
  return failure({
    code: 'engine.record-unreadable',
    subject: run,
    because: `its list of zones cannot be used: ${why}`,
    remedy: 'End the run with the Baton that began it, or a newer one.',
  })
}
