import * as z from 'zod/mini'
import { documentSchema } from './schema.ts'
import { settingTexts } from './setting.ts'

/** A schema of JSON Schema draft 7, as far as Baton's own has it. */
export type JsonSchema = {
  readonly description?: string
  readonly type?: string
  readonly const?: string
  readonly enum?: readonly unknown[]
  readonly default?: unknown
  readonly minimum?: number
  readonly maximum?: number
  readonly examples?: readonly unknown[]
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly additionalProperties?: JsonSchema | false
  readonly items?: JsonSchema
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
}

/** `baton.yaml` for editors, as a JSON Schema of draft 7, which is what they know best. */
export function fleetJsonSchema(): JsonSchema {
  const schema = z.toJSONSchema(documentSchema, {
    io: 'input',
    target: 'draft-7',
    metadata: settingTexts,
    // Where a text is read into something else, the library drops examples and defaults; ours are of the text.
    override: ({ zodSchema, jsonSchema }) => {
      Object.assign(jsonSchema, settingTexts.get(zodSchema))
    },
  })
  return { title: 'baton.yaml', ...schema } as JsonSchema
}
