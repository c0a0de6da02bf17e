import type { CodeEntry } from '../../src/core/base/index.ts'
import { CODE_ENTRIES } from '../../src/core/plan/index.ts'

const HEAD = `# Codes

Everything that Baton says about something that is wrong carries one of these codes. The message itself names the server, the
zone or the file, and the reason; here is what it means in general, and what to do about it.

This page is generated from the source by \`npm run docs\`.
`

/** The manual's page of codes: a section for each area, in alphabetical order, and in it every code. */
export function printCodes(): string {
  const entries = Object.entries(CODE_ENTRIES)
  const areas = [...new Set(entries.map(([code]) => areaOf(code)))].sort()
  const sections = areas.map(area => {
    const codes = sortByCode(entries.filter(([code]) => areaOf(code) === area))
    return [`## ${area}`, ...codes.map(printCode)].join('\n\n')
  })
  return `${[HEAD.trimEnd(), ...sections].join('\n\n')}\n`
}

function printCode([code, { meaning, remedy }]: [string, CodeEntry]): string {
  return `### \`${code}\`\n\n${meaning}\n\n**What to do:** ${remedy}`
}

function sortByCode(entries: readonly [string, CodeEntry][]): [string, CodeEntry][] {
  return entries.toSorted(([left], [right]) => (left < right ? -1 : 1))
}

/** What comes before the dot. */
function areaOf(code: string): string {
  return code.slice(0, code.indexOf('.'))
}
