import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { refreshReference } from '../fleet/print-reference.ts'
import { printSchema } from '../fleet/print-schema.ts'
import { printText, SHELL_FOLDER } from '../guard/print-text.ts'
import { printChecks } from './print-checks.ts'
import { printCodes } from './print-codes.ts'
import { printManPage } from './print-man-page.ts'
import { printSteps } from './print-steps.ts'

const SETTINGS = 'docs/baton.yaml.md'

/** Table: what is made from the source, and by what. A test of each notices when it was forgotten. */
const MADE: Readonly<Record<string, () => string>> = {
  'docs/codes.md': printCodes,
  'docs/checks.md': printChecks,
  'docs/steps.md': printSteps,
  'schema/baton.schema.json': printSchema,
  [SETTINGS]: () => refreshReference(readFileSync(SETTINGS, 'utf8')),
  [join(SHELL_FOLDER, 'text.ts')]: printText,
  'man/baton.1': printManPage,
}

/** `npm run docs`: writes anew all that is made from the source. */
for (const [path, print] of Object.entries(MADE)) {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, print())
}
