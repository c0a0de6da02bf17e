import { dirname } from 'node:path'
import { type Failure, fail, failure, ok, type Result } from '../../core/base/index.ts'
import { type HeldPlace, holderPath, JOURNAL_MODE, runFolder } from './copy.ts'

/** The process that holds a run. Holder files of older Batons have its number alone, which tells nothing certain. */
export type Holder = {
  readonly by: string
  readonly machine: string
  readonly pid: number
  /** Clock ticks from boot to its start (proc(5)). */
  readonly start?: number | undefined
  /** The boot of its machine. */
  readonly boot?: string | undefined
  /** In which its number is counted: another container on the same machine has its own. */
  readonly namespace?: string | undefined
}

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

/** The generations that were created on one copy, or why that could not be seen. */
export type SeenGenerations = {
  readonly copy: HeldPlace
  readonly seen: Result<readonly number[], Failure>
}

/**
 * Looks at the holder folders of every place where a run is held. The journal alone would not do: whoever died between making holder folders and
 * the first line has left folders without lines.
 */
export function readGenerations(
  places: readonly HeldPlace[],
  run: string,
): Promise<readonly SeenGenerations[]> {
  return Promise.all(
    places.map(async copy => {
      const names = await copy.files.list(runFolder(copy, run))
      return { copy, seen: names.ok ? ok(names.value.flatMap(generationIn)) : names }
    }),
  )
}

function generationIn(name: string): readonly number[] {
  const digits = /^holder\.(\d+)$/.exec(name)?.[1]
  return digits === undefined ? [] : [Number(digits)]
}

/** The highest generation that is to be seen anywhere, 0 without one. */
export function newestIn(looks: readonly SeenGenerations[]): number {
  return Math.max(0, ...looks.flatMap(({ seen }) => (seen.ok ? seen.value : [])))
}

/** Of which copies it has to be seen that a process still holds its run; of the others, those that can be. */
export type HoldNeeded = 'every-copy' | 'one-copy' | { readonly at: string }

/** Whether a generation is the newest wherever that must be seen; where it could not be, it is not known. */
export function seeHeld(
  looks: readonly SeenGenerations[],
  generation: number,
  need: HoldNeeded,
): Result<'held' | 'overtaken', Failure> {
  if (newestIn(looks) > generation) return ok('overtaken')
  const own = typeof need === 'object' ? looks.filter(({ copy }) => copy.name === need.at) : []
  const asked = own.length > 0 ? own : looks
  const doubts = asked.flatMap(look => doubtIn(look, generation) ?? [])
  const [first] = doubts
  const needsAll = need === 'every-copy' || own.length > 0
  return first !== undefined && (needsAll || doubts.length === asked.length) ? fail(first) : ok('held')
}

function doubtIn({ copy, seen }: SeenGenerations, generation: number): Failure | undefined {
  if (seen.ok && seen.value.includes(generation)) return undefined
  const why = seen.ok ? 'the file that says so is gone' : seen.error.because
  return failure({
    code: 'engine.holder-unknown',
    subject: copy.name,
    because: `whether this process still holds the run cannot be seen on ${copy.name}: ${why}`,
    remedy: `See that the folder of the run, ${copy.folder}/runs, can be read there, then \`baton resume\`.`,
  })
}

/** The newest holder of a run, as any copy tells; nothing when none can be read. */
export async function readHolder(copies: readonly HeldPlace[], run: string): Promise<Holder | undefined> {
  const generation = newestIn(await readGenerations(copies, run))
  for (const copy of copies) {
    const read = await readWho(copy, { run, generation })
    const holder = read.ok ? parseHolder(new TextDecoder().decode(read.value)) : undefined
    if (holder !== undefined) return holder
  }
  return undefined
}

/** Runs of older Batons have a file where the folder is now. */
async function readWho(
  copy: HeldPlace,
  held: { readonly run: string; readonly generation: number },
): Promise<Result<Uint8Array, Failure>> {
  const path = holderPath(copy, held)
  const read = await copy.files.read(path)
  return read.ok || read.error.code !== 'hosts.not-a-folder' ? read : copy.files.read(dirname(path))
}

function parseHolder(text: string): Holder | undefined {
  try {
    const { by, machine, pid, start, boot, namespace } = JSON.parse(text) as Partial<Holder>
    if (by === undefined || machine === undefined || pid === undefined) return undefined
    return { by, machine, pid, start, boot, namespace }
  } catch {
    return undefined
  }
}
