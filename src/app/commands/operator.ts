import { randomBytes } from 'node:crypto'
import { hostname, userInfo } from 'node:os'
import { systemClock, timestamp } from './clock.ts'

/** Who gives an order, from where. */
export type Operator = { readonly by: string; readonly machine: string; readonly pid: number }

export function currentOperator(): Operator {
  const machine = hostname()
  return { by: `${personName()}@${machine}`, machine, pid: process.pid }
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
