import type { FleetCheck } from './check.ts'

const SECTIONS = ['servers', 'groups', 'keys', 'views', 'zone-sets'] as const

/** Names become DNS labels, where capitals do not count. */
export const checkNames: FleetCheck = ({ document }) =>
  SECTIONS.flatMap(section => {
    const seen = new Map<string, string>()
    return Object.keys(document[section] ?? {}).flatMap(name => {
      const earlier = seen.get(name.toLowerCase())
      seen.set(name.toLowerCase(), name)
      if (earlier === undefined) return []
      const message = `\`${name}\` and \`${earlier}\` differ only in capitals.`
      const remedy = 'Rename one of them, by more than its capitals.'
      return [
        {
          code: 'fleet.names-alike',
          severity: 'error',
          path: [section, name],
          about: 'key',
          message,
          remedy,
        },
      ]
    })
  })
