import type * as z from 'zod/mini'
import type { Path } from './places.ts'
import { documentSchema } from './schema.ts'

/** The words that may stand in the mapping at a path of the document, of whatever form the value may take. */
export function knownWords(path: Path): readonly string[] {
  let schemas: readonly z.core.$ZodTypes[] = [documentSchema]
  for (const part of path) schemas = schemas.flatMap(forms).flatMap(schema => inside(schema, part))
  const words = schemas.flatMap(forms).flatMap(schema => {
    return schema._zod.def.type === 'object' ? Object.keys(schema._zod.def.shape) : []
  })
  return [...new Set(words)]
}

/** The schema behind optional and default, or each form of a union. */
function forms(schema: z.core.$ZodTypes): z.core.$ZodTypes[] {
  const { def } = schema._zod
  if (def.type === 'optional' || def.type === 'prefault') return forms(def.innerType as z.core.$ZodTypes)
  if (def.type === 'union') return def.options.flatMap(option => forms(option as z.core.$ZodTypes))
  return [schema]
}

function inside(schema: z.core.$ZodTypes, part: string | number): z.core.$ZodTypes[] {
  const { def } = schema._zod
  if (def.type === 'record') return [def.valueType as z.core.$ZodTypes]
  const value = def.type === 'object' && Object.hasOwn(def.shape, part) ? def.shape[part] : undefined
  return value === undefined ? [] : [value as z.core.$ZodTypes]
}
