import { fail, ok, type Result } from '../../../core/base/index.ts'
import { openOwn } from '../../../io/hosts/index.ts'

/** Which memory of which fleet: `.baton/NAME.json` in the folder of the fleet file. */
export type MemoryPlace = {
  readonly folder: string
  readonly name: 'fleet' | 'frozen' | 'pushed' | 'rendered' | 'seen' | 'verified'
}

const FILE_MODE = 0o600
const MEMORY_MIB_MAX = 64
/** What was verified takes the most, some 300 bytes a zone with six servers. A larger memory is neither kept nor believed. */
const MEMORY_BYTES_MAX = MEMORY_MIB_MAX * 1024 * 1024

const here = openOwn('here')

/** What one command left for the next on this machine; nothing where it left none that can be read. */
export async function readMemory(place: MemoryPlace): Promise<string | undefined> {
  const read = await here.read(memoryPath(place))
  if (!read.ok || read.value.length > MEMORY_BYTES_MAX) return undefined
  return new TextDecoder().decode(read.value)
}

/** A memory can be deleted at any time; one that cannot be kept costs time and nothing else. The error is why. */
export async function keepMemory(place: MemoryPlace, text: string): Promise<Result<void, string>> {
  const content = new TextEncoder().encode(text)
  if (content.length > MEMORY_BYTES_MAX) return fail(`it is larger than ${MEMORY_MIB_MAX} MiB`)
  const path = memoryPath(place)
  const kept = await here.replace({ path, content, mode: FILE_MODE, user: undefined })
  return kept.ok ? ok(undefined) : fail(kept.error.because)
}

export function memoryPath({ folder, name }: MemoryPlace): string {
  return `${folder}/.baton/${name}.json`
}
