import { fail, ok, type Problem, type Refusal, type Result, refuse } from '../../../core/base/index.ts'
import { type FoundRun, findUnfinishedRun } from '../../../io/journal/index.ts'
import { type RunRecord, readRunRecord, recordOfRun } from '../runs/run-record.ts'
import { amongOurs } from './among-ours.ts'
import { journalCopies } from './copies.ts'
import { type OpenedFleet, openFleet, type Session, type SessionOptions, sessionOfRecord } from './session.ts'
import { withSession } from './with-session.ts'

/** An unfinished run with what it stands on; a run that has no plan has no record. */
export type RecordedFind = { readonly found: FoundRun; readonly record: RunRecord | undefined }

export type FindingOptions = SessionOptions & {
  /** Servers that a person has fenced by name: what they have on record counts as unknown, not as missing. */
  readonly leftOut?: readonly string[]
}

/**
 * Opens the fleet for as long as something is asked of the run that holds it; a refusal where none does. The run stands on its own
 * record: of the fleet folder only the fleet file and the keys are needed. One of version 1 goes by the folder as it was.
 */
export async function withFoundRun<Value>(
  { leftOut = [], ...options }: FindingOptions,
  ask: (session: Session, found: RecordedFind) => Promise<Result<Value, readonly Problem[]>>,
): Promise<Result<Value, readonly Problem[]>> {
  const opened = await openFleet(options)
  if (!opened.ok) return opened
  const { head, links } = opened.value
  try {
    const found = await findUnfinishedRun(journalCopies({ fleet: head.fleet, links }, []), { leftOut })
    if (!found.ok) return fail([found.error])
    if (found.value === undefined) return fail([nothingUnfinished(head.fleet.name)])
    const act = (session: Session, run: RecordedFind) =>
      amongOurs<Value>(ours => ask(ours, run), leftOut)(session)
    const { plan } = found.value
    if (plan !== undefined && plan.record === undefined)
      return await withSession(options, session =>
        act(session, { found: found.value as FoundRun, record: recordOfRun(session, plan) }),
      )
    const ready = await standOn(opened.value, found.value)
    return ready.ok ? await act(ready.value.session, ready.value.run) : ready
  } finally {
    await links.close()
  }
}

type Ready = { readonly session: Session; readonly run: RecordedFind }

async function standOn(opened: OpenedFleet, found: FoundRun): Promise<Result<Ready, readonly Problem[]>> {
  const { plan } = found
  if (plan?.record === undefined)
    return ok({ session: await sessionOfRecord(opened, new Map()), run: { found, record: undefined } })
  const copies = journalCopies({ fleet: opened.head.fleet, links: opened.links }, [])
  const record = await readRunRecord(copies, { ...plan, record: plan.record })
  if (!record.ok) return fail([record.error])
  const session = await sessionOfRecord(opened, record.value.zones)
  return ok({ session, run: { found, record: record.value } })
}

function nothingUnfinished(fleet: string): Refusal {
  return refuse({
    code: 'engine.nothing-unfinished',
    subject: fleet,
    because: 'no peer is locked by a run',
    remedy: '`baton status` shows how the fleet stands, `baton history` what was done.',
  })
}
