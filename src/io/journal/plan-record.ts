import { createHash } from 'node:crypto'
import { parseJson } from '../../core/base/index.ts'
import { isOperation, isStepKind, type Plan } from '../../core/plan/index.ts'

/** The newest version of a plan that can be read here; all before it can be, too. */
const PLAN_VERSION_MAX = 2

/** The plan as it stands in a file. */
export function printPlan(plan: Plan): string {
  return `${JSON.stringify(plan, undefined, 1)}\n`
}

/** SHA-256 (hex) of a plan's file, which the lock carries. */
export function planDigest(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex')
}

/**
 * A plan, or why it is none. A version, an operation or a step that is not known here was written by a newer Baton: such a
 * run is nobody's but the newer Baton's.
 */
export function parsePlan(bytes: Uint8Array, run: string): Plan | 'damaged' | 'newer' {
  const value = parseJson(new TextDecoder().decode(bytes))
  if (typeof value !== 'object' || value === null) return 'damaged'
  const { version, steps, operation, run: own, created, by } = value as Partial<Record<keyof Plan, unknown>>
  if (typeof version !== 'number') return 'damaged'
  if (version > PLAN_VERSION_MAX) return 'newer'
  if (own !== run || !Array.isArray(steps) || typeof operation !== 'string') return 'damaged'
  if (typeof created !== 'string' || typeof by !== 'string') return 'damaged'
  const kinds = steps.map((step: unknown) => (step as { kind?: unknown } | null)?.kind)
  if (kinds.some(kind => typeof kind !== 'string')) return 'damaged'
  const isKnown = isOperation(operation) && kinds.every(isStepKind)
  return isKnown ? (value as Plan) : 'newer'
}
