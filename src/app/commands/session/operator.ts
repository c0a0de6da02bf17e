import { randomBytes } from 'node:crypto'
import { hostname, userInfo } from 'node:os'
import { type Holder, ownProcess } from '../../../io/journal/index.ts'
import { systemClock, timestamp } from './clock.ts'

/** Who gives an order, from where, and as which process. */
export function currentOperator(): Holder {
  const machine = hostname()
  return { by: `${personName()}@${machine}`, machine, ...ownProcess() }
}

/** A user without an entry in the list of users, as in some containers, still has a number. */
function personName(): string {
  try {
    return userInfo().username
  } catch {
    return `uid${process.getuid?.() ?? ''}`
  }
}

/** The name of a run: sortable by time, and two at the same second differ. */
export function newRunId(operation: string): string {
  const time = timestamp(systemClock.now()).replaceAll(/[-:]/g, '')
  return `${time}-${operation}-${randomBytes(2).toString('hex')}`
}
