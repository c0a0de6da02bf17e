import { stringify } from 'yaml'
import { invariant } from '../base/index.ts'
import type { Path } from './places.ts'
import { isMapping } from './raw-document.ts'
import { schemasAt } from './schema-at.ts'
import { settingTexts } from './setting.ts'

/** How what stands at a path may be written: `port: 53`. For an item of a list it is the list. */
export function printExample(path: Path): string {
  const item = path.findIndex(part => typeof part === 'number')
  const whole = item === -1 ? path : path.slice(0, item)
  const [example] = examplesOf(whole)
  invariant(example !== undefined, 'every setting but `kind`, which has choices, has an example')
  return `${String(whole.at(-1))}: ${stringify(example, { collectionStyle: 'flow', lineWidth: 0 }).trimEnd()}`
}

/** Those of the setting; what a person names, as a server, stands in the examples of the mapping around it. */
function examplesOf(path: Path): readonly unknown[] {
  const own = schemasAt(path).flatMap(schema => settingTexts.get(schema)?.examples ?? [])
  if (own.length > 0 || path.length === 0) return own
  const around = examplesOf(path.slice(0, -1)).filter(isMapping)
  const name = String(path.at(-1))
  return around.flatMap(example => (Object.hasOwn(example, name) ? [example[name]] : Object.values(example)))
}
