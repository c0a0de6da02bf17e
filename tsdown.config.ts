import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { defineConfig } from 'tsdown'

/**
 * Packages that become part of the build: whoever installs Baton installs nothing else, and the command starts in half
 * the time, because Node has not to look for hundreds of files. Their licences ask to be told with them.
 */
const BUNDLED = ['@commander-js/extra-typings', 'commander', 'diff', 'picocolors', 'yaml', 'zod']

/**
 * Two entries in one build, so that they share their chunks: the command, whose subcommands are chunks of their own
 * (loaded when they are called, so that the start stays quick), and the library, with its types.
 */
export default defineConfig({
  entry: { cli: 'src/app/cli/main.ts', namedconf: 'src/core/namedconf/index.ts' },
  outDir: 'dist',
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  fixedExtension: false,
  dts: { entry: 'src/core/namedconf/index.ts' },
  clean: true,
  deps: { onlyBundle: BUNDLED },
  define: { BATON_BUILD: JSON.stringify(digestOfSources()) },
  onSuccess: () => {
    const licences = BUNDLED.map(name => `${name}\n\n${readFileSync(`node_modules/${name}/LICENSE`, 'utf8')}`)
    writeFileSync('dist/LICENSES', licences.join('\n----\n\n'))
  },
})

/** Which code was built: what an earlier one remembered is nothing to this one. */
function digestOfSources(): string {
  const hash = createHash('sha256')
  const paths = readdirSync('src', { recursive: true, encoding: 'utf8' }).map(path => join('src', path))
  for (const path of ['package-lock.json', ...paths].filter(path => statSync(path).isFile()).sort())
    hash.update(`${path}\n`).update(readFileSync(path))
  return hash.digest('hex')
}
