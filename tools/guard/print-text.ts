import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where the guard's shell is. */
export const SHELL_FOLDER = 'src/core/guard/script'

const HEAD = `/** A table: the text of each \`.sh\` file beside this one, for code that opens no file. \`npm run docs\` writes it anew. */
export const SHELL = {`

/** \`text.ts\`, made from the shell beside it: no way to import text is known to Node, the bundler and the tests alike. */
export function printText(): string {
  const names = readdirSync(SHELL_FOLDER).filter(name => name.endsWith('.sh'))
  const rows = names.sort().map(name => {
    const text = readFileSync(join(SHELL_FOLDER, name), 'utf8')
    return `  ${name.replace(/\.sh$/, '')}: ${JSON.stringify(text)},`
  })
  return `${[HEAD, ...rows, '}'].join('\n')}\n`
}
