import type { HandoverOrder } from '../../commands/index.ts'

/** Flags that say between whom the role passes, the same for asking and for doing. */
export const HANDOVER_FLAGS = {
  to: ['--to <server>', 'the peer that is to be active; needless where there is one other'],
  set: ['--set <set>', 'the zone set whose role changes; needless where there is one'],
  without: ['--without <server...>', 'do without these servers, which are down or slow'],
} as const

type HandoverOptions = {
  readonly to?: string | undefined
  readonly set?: string | undefined
  readonly without?: readonly string[] | undefined
}

export function handoverOrder({ to, set, without }: HandoverOptions): HandoverOrder {
  return { to, set, without: without ?? [] }
}
