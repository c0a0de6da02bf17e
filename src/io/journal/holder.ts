import { dirname } from 'node:path'
import type { Failure, Result } from '../../core/base/index.ts'
import { type HeldPlace, holderPath, JOURNAL_MODE, type JournalCopy, runFolder } from './copy.ts'

/** The process that holds a run; its number tells on its own machine whether it still lives. */
export type Holder = { readonly by: string; readonly machine: string; readonly pid: number }

/** Makes a process the holder of that generation on one server; `hosts.exists` when somebody was quicker. */
export async function createHolder(
  place: HeldPlace,
  held: { readonly run: string; readonly generation: number; readonly holder: Holder },
): Promise<Result<void, Failure>> {
  const claim = { folder: runFolder(place, held.run), number: held.generation }
  const made = await place.files.hold(claim)
  if (!made.ok) return made
  return place.files.create({
    path: holderPath(place, held),
    content: `${JSON.stringify(held.holder)}\n`,
    mode: JOURNAL_MODE,
    user: undefined,
  })
}

/**
 * The highest generation that anybody has created on any copy, 0 without one. The journal alone would not do: whoever died
 * between creating holder files and the first line has left files without lines.
 */
export async function newestGeneration(copies: readonly JournalCopy[], run: string): Promise<number> {
  const generations = await Promise.all(copies.map(copy => readGenerations(copy, run)))
  return Math.max(0, ...generations.flat())
}

/** The newest holder of a run, as any copy tells; nothing when none can be read. */
export async function readHolder(copies: readonly JournalCopy[], run: string): Promise<Holder | undefined> {
  const generation = await newestGeneration(copies, run)
  for (const copy of copies) {
    const read = await readWho(copy, { run, generation })
    const holder = read.ok ? parseHolder(new TextDecoder().decode(read.value)) : undefined
    if (holder !== undefined) return holder
  }
  return undefined
}

/** Runs of older Batons have a file where the folder is now. */
async function readWho(
  copy: JournalCopy,
  held: { readonly run: string; readonly generation: number },
): Promise<Result<Uint8Array, Failure>> {
  const path = holderPath(copy, held)
  const read = await copy.files.read(path)
  return read.ok || read.error.code !== 'hosts.not-a-folder' ? read : copy.files.read(dirname(path))
}

async function readGenerations(copy: JournalCopy, run: string): Promise<readonly number[]> {
  const names = await copy.files.list(runFolder(copy, run))
  if (!names.ok) return []
  return names.value.flatMap(name => {
    const digits = /^holder\.(\d+)$/.exec(name)?.[1]
    return digits === undefined ? [] : [Number(digits)]
  })
}

function parseHolder(text: string): Holder | undefined {
  try {
    const { by, machine, pid } = JSON.parse(text) as Partial<Holder>
    return by === undefined || machine === undefined || pid === undefined ? undefined : { by, machine, pid }
  } catch {
    return undefined
  }
}
