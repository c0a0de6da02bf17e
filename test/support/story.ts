import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseDocument } from 'yaml'
import { type PreparedRun, prepareSwitchover, type SwitchoverOptions } from '../../src/app/commands/index.ts'
import type { RunDocument } from '../../src/app/contract/index.ts'
import type { Lab, LabPlan } from '../../src/app/lab/index.ts'
import type { Problem, Result } from '../../src/core/base/index.ts'
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
  const text = parseDocument(readFileSync(fleetFile, 'utf8'))
  for (const [name, value] of Object.entries(policy)) text.setIn(['policy', name], value)
  writeFileSync(fleetFile, String(text))
  return { lab, fleetFile, remove }
}

export type Telling = Partial<SwitchoverOptions> & {
  readonly signal?: AbortSignal
  readonly onEvent?: (event: RunEvent, run: PreparedRun) => void
}

/** Prepares a switchover and runs it to its end. */
export async function switchOver(
  { fleetFile }: Pick<Story, 'fleetFile'>,
  telling: Telling,
): Promise<Result<RunDocument, readonly Problem[]>> {
  const order = { fleetFile, set: undefined, to: undefined, without: [], reason: 'a story', ...telling }
  const prepared = await prepareSwitchover(order)
  if (!prepared.ok) return prepared
  const { start, close } = prepared.value
  try {
    return await start({
      signal: telling.signal ?? new AbortController().signal,
      onPlan: () => undefined,
      onEvent: event => telling.onEvent?.(event, prepared.value),
    })
  } finally {
    await close()
  }
}

export const UNWATCHED = {
  signal: new AbortController().signal,
  onPlan: () => undefined,
  onEvent: () => undefined,
}
