import { stringify } from 'yaml'
import { fleetJsonSchema, type JsonSchema } from '../../src/core/fleetfile/index.ts'
import { listSettings, type Setting } from './settings.ts'

const BEGIN = '<!-- settings: written by npm run docs -->'
const END = '<!-- end of settings -->'

/** The page with its list of settings written anew; the rest of it is written by hand. */
export function refreshReference(page: string): string {
  const begin = page.indexOf(BEGIN)
  const end = page.indexOf(END)
  if (begin < 0 || end < begin) throw new Error(`docs/baton.yaml.md has no ${BEGIN} … ${END}`)
  return `${page.slice(0, begin)}${BEGIN}\n\n${printSettings(listSettings(fleetJsonSchema()))}\n\n${page.slice(end)}`
}

/** A section for each mapping. What `server-defaults` may hold is described where servers are. */
function printSettings(settings: readonly Setting[]): string {
  const sections = [...new Set(settings.map(({ path }) => path.slice(0, -1).join('.')))]
  return sections
    .filter(section => !section.startsWith('server-defaults.'))
    .map(section => {
      const members = settings.filter(({ path }) => path.slice(0, -1).join('.') === section)
      const heading = section === '' ? '## At the top' : `## \`${section}\``
      return section === 'server-defaults'
        ? [heading, printNames(members)]
        : [heading, ...members.map(printSetting)]
    })
    .map(parts => parts.join('\n\n'))
    .join('\n\n')
}

function printNames(settings: readonly Setting[]): string {
  const names = settings.map(({ path }) => `\`${path.at(-1)}\``).join(', ')
  return `What holds for every server that does not say otherwise: ${names}, as described for a server.`
}

function printSetting({ path, schema, required, onlyWith }: Setting): string {
  const name = path.at(-1) ?? ''
  const facts = [
    printKind(schema),
    ...(onlyWith === undefined ? [] : [`only with \`kind: ${onlyWith}\``]),
    ...(required ? ['required'] : []),
    ...(isPlain(schema.default) ? [`default \`${String(schema.default)}\``] : []),
  ]
  const examples = (schema.examples ?? []).map(example => printYaml({ [name]: example }))
  const text = `### \`${path.join('.')}\`\n\n${schema.description ?? ''}\n\n_${facts.join('; ')}_`
  return examples.length === 0 ? text : `${text}\n\n\`\`\`yaml\n${examples.join('\n# or\n')}\n\`\`\``
}

function isPlain(value: unknown): boolean {
  return value !== undefined && typeof value !== 'object'
}

function printKind(schema: JsonSchema): string {
  if (schema.enum !== undefined) return schema.enum.map(value => `\`${String(value)}\``).join(' or ')
  if (schema.const !== undefined) return `\`${schema.const}\``
  const forms = schema.anyOf?.filter(({ type }) => type !== undefined) ?? []
  if (forms.length > 0) return forms.map(printKind).join(' or ').replace('text or mapping', 'path or mapping')
  if (schema.type === 'integer') return `whole number from ${schema.minimum} to ${schema.maximum}`
  if (schema.type === 'boolean') return '`true` or `false`'
  if (schema.type === 'object') return 'mapping'
  return schema.type === 'array' ? 'list' : 'text'
}

function printYaml(value: object): string {
  return stringify(value, { lineWidth: 0 }).trimEnd()
}
