import type { JsonSchema } from '../../src/core/fleetfile/index.ts'

/** One setting of `baton.yaml` as the manual shows it; `path` has `SERVER`, `GROUP`… where a name is free. */
export type Setting = {
  readonly path: readonly string[]
  readonly schema: JsonSchema
  readonly required: boolean
  /** The `kind` with which alone it stands. */
  readonly onlyWith: string | undefined
}

/** What stands in a mapping of freely named things. */
const FREE_NAMES = new Map([
  ['servers', 'SERVER'],
  ['groups', 'GROUP'],
  ['views', 'VIEW'],
  ['zone-sets', 'SET'],
])

/** Every setting of the schema, those of a mapping right after it. */
export function listSettings(schema: JsonSchema, path: readonly string[] = []): Setting[] {
  const forms = formsOf(schema)
  const names = [...new Set(forms.flatMap(form => Object.keys(form.properties ?? {})))]
  const own = names.flatMap(name => {
    const holders = forms.filter(form => form.properties?.[name] !== undefined)
    const child = together(holders.flatMap(form => form.properties?.[name] ?? []))
    const setting: Setting = {
      path: [...path, name],
      schema: child,
      required: holders.every(form => form.required?.includes(name)),
      onlyWith: holders.length < forms.length ? String(holders[0]?.properties?.['kind']?.const) : undefined,
    }
    return [setting, ...listSettings(child, setting.path)]
  })
  const named = FREE_NAMES.get(path.at(-1) ?? '')
  const { additionalProperties } = schema
  return named !== undefined && additionalProperties
    ? listSettings(additionalProperties, [...path, named])
    : own
}

/** One schema for a setting of several forms, which differ in nothing but a constant. */
function together(schemas: readonly JsonSchema[]): JsonSchema {
  const constants = schemas.flatMap(({ const: constant }) => (constant === undefined ? [] : [constant]))
  return constants.length > 1 ? { ...schemas[0], enum: constants } : (schemas[0] ?? {})
}

/** The mappings that a value may be. */
function formsOf(schema: JsonSchema): JsonSchema[] {
  const choices = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].filter(
    ({ properties }) => properties !== undefined,
  )
  return schema.properties !== undefined ? [schema] : choices
}
