import { type Failure, ok, type Result } from '../../core/base/index.ts'
import type { SeenNamed } from '../../core/snapshot/index.ts'
import { serverStatus } from '../net/index.ts'
import type { ServerLink } from './link.ts'

/** What `rndc status` says; `reloading` is added for those who wait for a reconfig. */
export async function seeNamed(
  link: ServerLink,
): Promise<Result<SeenNamed & { readonly reloading: boolean }, Failure>> {
  const control = await link.control()
  if (!control.ok) return control
  const status = await serverStatus(control.value)
  if (!status.ok) return status
  const { version, bootTime, configTime, reloadFailed, reloading } = status.value
  return ok({ version, bootTime, configTime, reloadFailed, reloading })
}
