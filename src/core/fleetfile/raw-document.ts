import type { Path } from './places.ts'

/** What stands at a path of a document that no schema has accepted yet. */
export function valueAt(document: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, part) => {
    if (Array.isArray(value)) return value[Number(part)]
    return isMapping(value) && Object.hasOwn(value, part) ? value[String(part)] : undefined
  }, document)
}

export function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
