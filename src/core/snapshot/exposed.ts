import { listFew } from '../base/index.ts'
import type { SeenExposure } from './snapshot.ts'

const FEW = { max: 2 }

/** What others could change, in words. */
export function exposedInWords(exposures: readonly SeenExposure[]): string {
  return `others could change what root runs there: ${listFew(
    exposures.map(({ path, because }) => `${path} ${because}`),
    FEW,
  )}`
}

/** Folders above the configuration are not Baton's to change; nothing where a push is all it takes. */
export function exposedRemedy(exposures: readonly SeenExposure[]): string | undefined {
  const above = exposures.filter(({ kind }) => kind === 'above').map(({ path }) => path)
  if (above.length === 0) return undefined
  const paths = above.join(' ')
  const push = above.length < exposures.length ? ' Then `baton push`, as root.' : ''
  return `As root on the server: \`chown root ${paths} && chmod go-w ${paths}\`.${push}`
}
