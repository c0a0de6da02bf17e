import type { Serial } from '../base/index.ts'

/** How a zone on a server stands to the active's, where it is not known to be equal. */
export type Difference =
  | { readonly kind: 'content-differs'; readonly serial: Serial }
  | SerialDifference
  /** Of one of the two nothing was seen; `because` says of which, and why. */
  | { readonly kind: 'content-unknown'; readonly because: string }

/** Serials that did not become equal while the contents were looked at. */
export type SerialDifference = {
  readonly kind: 'content-behind' | 'content-ahead' | 'content-incomparable'
  readonly serial: Serial
  readonly serialActive: Serial
}

/** What is wrong, to follow the zone's name. */
export function differenceInWords(difference: Difference): string {
  switch (difference.kind) {
    case 'content-differs':
      return `has other content at the same serial ${difference.serial}`
    case 'content-behind':
    case 'content-ahead':
      return `has serial ${difference.serial}, the active has ${difference.serialActive}`
    case 'content-incomparable':
      return `has serial ${difference.serial}, 2^31 away from the active's ${difference.serialActive}`
    case 'content-unknown':
      return difference.because
  }
}
