import type * as z from 'zod/mini'
import type { Path } from './places.ts'
import { documentSchema } from './schema.ts'

/** The schemas of what may stand at a path of the document: each form it may take, and what holds the forms together. */
export function schemasAt(path: Path): readonly z.core.$ZodTypes[] {
  let schemas = forms(documentSchema)
  for (const part of path) schemas = schemas.flatMap(schema => inside(schema, part)).flatMap(forms)
  return schemas
}

/** The schema, with the one behind optional and default, or each form of a union. */
function forms(schema: z.core.$ZodTypes): z.core.$ZodTypes[] {
  const { def } = schema._zod
  if (def.type === 'optional' || def.type === 'prefault')
    return [schema, ...forms(def.innerType as z.core.$ZodTypes)]
  if (def.type === 'union')
    return [schema, ...def.options.flatMap(option => forms(option as z.core.$ZodTypes))]
  return [schema]
}

function inside(schema: z.core.$ZodTypes, part: string | number): z.core.$ZodTypes[] {
  const { def } = schema._zod
  if (def.type === 'record') return [def.valueType as z.core.$ZodTypes]
  const value = def.type === 'object' && Object.hasOwn(def.shape, part) ? def.shape[part] : undefined
  return value === undefined ? [] : [value as z.core.$ZodTypes]
}
