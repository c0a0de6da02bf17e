import { type Failure, fail, failure, type Result } from '../../../core/base/index.ts'
import type { Fleet } from '../../../core/fleet/index.ts'
import { MEMORY_NONE, parseMemory, printMemory, type VerifiedMemory } from '../../../core/verify/index.ts'
import { keepMemory, type MemoryPlace, memoryPath, readMemory } from '../session/memory.ts'

/** What the last verification from this machine found; nothing when there was none, or it cannot be read. */
export async function readVerified(fleet: Fleet): Promise<VerifiedMemory> {
  const content = await readMemory(placeOf(fleet))
  return content === undefined ? MEMORY_NONE : parseMemory(fleet.name, content)
}

/** Keeps it for the next one: `.baton/verified.json` beside the fleet file. Failure: `verify.memory-unkept`. */
export async function keepVerified(fleet: Fleet, memory: VerifiedMemory): Promise<Result<void, Failure>> {
  const place = placeOf(fleet)
  const kept = await keepMemory(place, printMemory(fleet.name, memory))
  return kept.ok ? kept : fail(unkept(memoryPath(place), kept.error))
}

function placeOf({ folder }: Fleet): MemoryPlace {
  return { folder, name: 'verified' }
}

function unkept(path: string, because: string): Failure {
  return failure({
    code: 'verify.memory-unkept',
    subject: path,
    because,
    remedy: 'The result stands; the next verification transfers everything again.',
  })
}
