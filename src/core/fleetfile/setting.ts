import * as z from 'zod/mini'
import type { Result } from '../base/index.ts'

/** What an editor and the manual say about a setting; copied into the JSON Schema as it is. */
export type SettingText = {
  readonly description: string
  readonly examples?: readonly unknown[]
  /** What holds when it is not said. */
  readonly default?: unknown
  /** The rule for editors, where reading does more than a schema can say. */
  readonly pattern?: string
  readonly anyOf?: readonly object[]
  readonly oneOf?: readonly object[]
}

export const settingTexts = z.registry<SettingText>()

/** The schema of one setting with what is to be said about it. */
export function setting<Schema extends z.ZodMiniType>(schema: Schema, text: SettingText): Schema {
  settingTexts.add(schema, text)
  return schema
}

/**
 * A text that `read` understands; its complaint follows the quoted text in the message. `quantity` says what is
 * expected where someone may write a bare number.
 */
export function readBy<Value>(read: (text: string) => Result<Value, string>, quantity?: string) {
  return z.pipe(
    quantity === undefined ? z.string() : z.string({ error: quantity }),
    z.transform((text: string, context): Value => {
      const result = read(text)
      if (result.ok) return result.value
      context.issues.push({ code: 'custom', message: `${quote(text)} ${result.error}.`, input: text })
      return z.NEVER
    }),
  )
}

function quote(text: string): string {
  return `\`${text === '' ? "''" : text}\``
}
