import { defineConfig } from 'tsdown'

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
})
