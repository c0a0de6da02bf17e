import { writeFileSync } from 'node:fs'
import { printChecks } from './codes/print-checks.ts'

/** `npm run docs`: writes docs/checks.md anew from the table in the source. A test notices when it was forgotten. */
writeFileSync('docs/checks.md', printChecks())
