const BEGIN = '<!-- table: written by npm run bench -- --write -->'
const END = '<!-- end of table -->'

/** The page with what stands between its two markers replaced; nothing when it has no such markers. */
export function replaceTable(page: string, table: string): string | undefined {
  const begin = page.indexOf(BEGIN)
  const end = page.indexOf(END, begin)
  if (begin === -1 || end === -1) return undefined
  return `${page.slice(0, begin + BEGIN.length)}\n\n${table}\n\n${page.slice(end)}`
}
