import type { Path } from './places.ts'
import { schemasAt } from './schema-at.ts'

/** The words that may stand in the mapping at a path of the document, of whatever form the value may take. */
export function knownWords(path: Path): readonly string[] {
  const words = schemasAt(path).flatMap(schema => {
    return schema._zod.def.type === 'object' ? Object.keys(schema._zod.def.shape) : []
  })
  return [...new Set(words)]
}
