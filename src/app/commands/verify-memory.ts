import { type Failure, fail, failure, type Result } from '../../core/base/index.ts'
import type { Fleet } from '../../core/fleet/index.ts'
import { MEMORY_NONE, parseMemory, printMemory, type VerifiedMemory } from '../../core/verify/index.ts'
import { localHost } from '../../io/hosts/index.ts'

const FILE_MODE = 0o600
/** Some 300 bytes a zone with six servers: 200,000 zones. A larger memory is neither kept nor believed. */
const MEMORY_BYTES_MAX = 64 * 1024 * 1024

const here = localHost('here')

/** What the last verification from this machine found; nothing when there was none, or it cannot be read. */
export async function readVerified(fleet: Fleet): Promise<VerifiedMemory> {
  const read = await here.read(pathOf(fleet))
  if (!read.ok || read.value.length > MEMORY_BYTES_MAX) return MEMORY_NONE
  return parseMemory(fleet.name, new TextDecoder().decode(read.value))
}

/** Keeps it for the next one: `.baton/verified.json` beside the fleet file. Failure: `verify.memory-unkept`. */
export async function keepVerified(fleet: Fleet, memory: VerifiedMemory): Promise<Result<void, Failure>> {
  const path = pathOf(fleet)
  const content = printMemory(fleet.name, memory)
  if (content.length > MEMORY_BYTES_MAX) return fail(unkept(path, 'it is larger than 64 MiB'))
  const kept = await here.replace({ path, content, mode: FILE_MODE, user: undefined })
  return kept.ok ? kept : fail(unkept(path, kept.error.because))
}

function pathOf(fleet: Fleet): string {
  return `${fleet.folder}/.baton/verified.json`
}

function unkept(path: string, because: string): Failure {
  return failure({
    code: 'verify.memory-unkept',
    subject: path,
    because,
    remedy: 'The result stands; the next verification transfers everything again.',
  })
}
