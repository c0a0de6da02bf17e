import { writeFileSync } from 'node:fs'
import { printSteps } from './codes/print-steps.ts'

/** `npm run docs`: writes docs/steps.md anew from the table in the source. A test notices when it was forgotten. */
writeFileSync('docs/steps.md', printSteps())
