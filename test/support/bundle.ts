import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'tsdown'

/** Bundles programs with all they need, `NAME.mjs` each, into a folder of their own: starting from the sources takes longer than what they do. */
export async function bundle(programs: Readonly<Record<string, string>>): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'baton-programs-'))
  await build({
    config: false,
    entry: { ...programs },
    outDir: folder,
    platform: 'node',
    fixedExtension: true,
    noExternal: /./,
    inlineOnly: false,
    dts: false,
    logLevel: 'silent',
  })
  return folder
}
