import type { Command } from '@commander-js/extra-typings'
import type { Invoke } from '../invocation.ts'

export function declareDemo(_lab: Command, _invoke: Invoke): void {}
