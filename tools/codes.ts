import { writeFileSync } from 'node:fs'
import { printCodes } from './codes/print-codes.ts'

/** `npm run docs`: writes docs/codes.md anew from the table in the source. A test notices when it was forgotten. */
writeFileSync('docs/codes.md', printCodes())
