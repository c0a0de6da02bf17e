import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseDocument } from 'yaml'
import {
  type NothingToRun,
  type PreparedRun,
  prepareSwitchover,
  type RunWatch,
  type SwitchoverOptions,
} from '../../src/app/commands/index.ts'
import type { RunDocument } from '../../src/app/contract/index.ts'
import type { Lab, LabPlan } from '../../src/app/lab/index.ts'
import { ok, type Problem, type Result } from '../../src/core/base/index.ts'
import type { RunEvent } from '../../src/io/engine/index.ts'
import { createTemporaryLab } from './temporary-lab.ts'

/** A small fleet to which something happens. */
export type Story = {
  readonly lab: Lab
  readonly fleetFile: string
  readonly remove: () => Promise<void>
}

const SMALL: Partial<LabPlan> = {
  groups: [{ name: 'east', follows: ['ns1', 'ns2'], servers: ['e1'] }],
  zones: 6,
  zonesDynamic: 4,
}

/** Two peers, one secondary, six zones of which four take updates; `policy` is what baton.yaml says there. */
export async function beginStory(
  plan: Partial<LabPlan> = {},
  policy: Readonly<Record<string, string | number>> = {},
): Promise<Story> {
  const { lab, remove } = await createTemporaryLab({ ...SMALL, ...plan })
  const fleetFile = join(lab.folder, 'baton.yaml')
  if (Object.keys(policy).length === 0) return { lab, fleetFile, remove }
  const text = parseDocument(readFileSync(fleetFile, 'utf8'))
  for (const [name, value] of Object.entries(policy)) text.setIn(['policy', name], value)
  writeFileSync(fleetFile, String(text))
  return { lab, fleetFile, remove }
}

/** How a run is followed and stopped. */
export type Following = {
  readonly signal?: AbortSignal | undefined
  readonly onEvent?: ((event: RunEvent, run: PreparedRun) => void) | undefined
}

export type Telling = Partial<SwitchoverOptions> & Following

/** Prepares a switchover and runs it to its end. */
export async function switchOver(
  { fleetFile }: Pick<Story, 'fleetFile'>,
  telling: Telling,
): Promise<Result<RunDocument, readonly Problem[]>> {
  const order = { fleetFile, set: undefined, to: undefined, without: [], reason: 'a story', ...telling }
  return runToEnd(await prepareSwitchover(order), telling)
}

/** Runs what was prepared to its end, or takes the answer that there is nothing to do. */
export async function runToEnd(
  prepared: Result<PreparedRun | NothingToRun, readonly Problem[]>,
  { signal = UNWATCHED.signal, onEvent }: Following = {},
): Promise<Result<RunDocument, readonly Problem[]>> {
  if (!prepared.ok) return prepared
  const run = prepared.value
  if (run.plan === undefined) return ok(run.document)
  try {
    return await run.start({ ...UNWATCHED, signal, onEvent: event => onEvent?.(event, run) })
  } finally {
    await run.close()
  }
}

/** Nobody looks at the run, and nobody stops it. */
export const UNWATCHED: RunWatch = {
  signal: new AbortController().signal,
  onPlan: () => undefined,
  onEvent: () => undefined,
}
