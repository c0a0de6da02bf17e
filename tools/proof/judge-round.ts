import { rescueList, rescueShow } from '../../src/app/commands/index.ts'
import type { AcknowledgedUpdate, PendingUpdate } from '../../src/app/lab/index.ts'
import type { Problem } from '../../src/core/base/index.ts'
import { findFaults } from '../../test/support/find-faults.ts'
import { type Applied, appliedByTerm, sharedTerms } from './applied-by-term.ts'
import { ACTIVE, STANDBY, type Stage } from './stage.ts'

const TOLD_MAX = 8

/** What writers said of a round. */
export type Written = {
  readonly updates: readonly AcknowledgedUpdate[]
  readonly unacknowledged: readonly PendingUpdate[]
}

export type Judgement = {
  /** Acknowledged updates that are in a rescue. */
  readonly rescued: number
  /** What is not as it should be, in words. */
  readonly faults: readonly string[]
}

/** The standby is active in the next term, all servers hold the same, and each update is on all of them or in a rescue. */
export async function judgeRound({ lab, fleetFile }: Stage, written: Written): Promise<Judgement> {
  const applied = appliedByTerm(lab)
  const rescues = await readRescues(fleetFile)
  const due = written.updates.filter(({ value }) => !rescues.values.has(value))
  const found = await findFaults(lab, {
    standings: [{ active: STANDBY, term: 2 }],
    written: { updates: due, unacknowledged: written.unacknowledged },
  })
  const faults = [...sharedTerms(applied), ...lateUpdates(applied), ...found.map(withTrace(applied, due))]
  // What a rescue could not tell explains a loss, and is no fault where nothing is lost.
  const told = faults.length === 0 ? [] : [...limited(faults), ...rescues.troubles]
  return { rescued: written.updates.length - due.length, faults: told }
}

/** A deposed server takes nothing in its new term, even where nobody else did. */
function lateUpdates(applied: readonly Applied[]): readonly string[] {
  const late = applied.filter(({ server, term }) => server === ACTIVE && term > 1)
  return late.slice(0, 1).map(({ value, term, at }) => `${ACTIVE} applied ${value} in term ${term}, at ${at}`)
}

type Rescues = { readonly values: ReadonlySet<string>; readonly troubles: readonly string[] }

/** The values of all records that the orphans of all rescues would add, as people are shown them. */
async function readRescues(fleetFile: string): Promise<Rescues> {
  const listed = await rescueList({ fleetFile })
  if (!listed.ok)
    return { values: new Set(), troubles: listed.error.map(({ code }) => `rescue list: ${code}`) }
  const values = new Set<string>()
  const troubles = listed.value.problems.map(problem => `rescue list: ${problemInWords(problem)}`)
  for (const { server, place } of listed.value.rescues) {
    const shown = await rescueShow({ fleetFile, server, place, zone: undefined })
    if (!shown.ok) {
      troubles.push(...shown.error.map(({ code }) => `rescue show ${server} ${place}: ${code}`))
      continue
    }
    const { zones, problems } = shown.value
    const said = [...problems, ...zones.flatMap(zone => zone.troubles)]
    troubles.push(...said.map(problem => `rescue ${server} ${place}: ${problemInWords(problem)}`))
    for (const record of zones.flatMap(zone => zone.orphans).flatMap(({ added }) => added)) {
      const [, value] = /"([^"]+)"$/.exec(record) ?? []
      if (value !== undefined) values.add(value)
    }
  }
  return { values, troubles }
}

function problemInWords(problem: Problem): string {
  return 'because' in problem ? `${problem.subject}: ${problem.because}` : problem.code
}

/** Where an update that a fault speaks of was acknowledged, and who had applied it. */
function withTrace(applied: readonly Applied[], updates: readonly AcknowledgedUpdate[]) {
  return (fault: string): string => {
    const update = updates.find(({ name }) => fault.startsWith(`${name} `))
    if (update === undefined) return fault
    const by = applied.filter(({ value }) => value === update.value)
    const places = by.map(({ server, term, at }) => `${server} in term ${term} at ${at}`)
    const when = new Date(update.acknowledged).toISOString()
    return `${fault}; acknowledged ${when} through port ${update.via.port}; applied by ${places.join(', ') || 'nobody'}`
  }
}

function limited(faults: readonly string[]): readonly string[] {
  const rest = faults.length - TOLD_MAX
  return rest <= 0 ? faults : [...faults.slice(0, TOLD_MAX), `and ${rest} more`]
}
