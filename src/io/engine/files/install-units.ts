import { type Failure, ok, type Result } from '../../../core/base/index.ts'
import type { Host } from '../../hosts/index.ts'

/** A unit of systemd's is for everybody to read. */
const UNIT_MODE = 0o644

/**
 * Puts units where systemd looks for them. They do nothing before systemd is told to read them, so that what a failure left
 * half done does no harm; the same call again completes it.
 */
export async function installUnits(
  host: Host,
  units: readonly { readonly path: string; readonly content: string }[],
): Promise<Result<void, Failure>> {
  for (const { path, content } of units) {
    const written = await host.replace({ path, content, mode: UNIT_MODE, user: undefined })
    if (!written.ok) return written
  }
  return ok(undefined)
}
