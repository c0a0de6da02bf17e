import { mkdirSync, writeFileSync } from 'node:fs'
import { manPage } from './codes/man-page.ts'

/** `npm run docs`: writes man/baton.1 anew from the declarations of the commands. A test notices when it was forgotten. */
mkdirSync('man', { recursive: true })
writeFileSync('man/baton.1', manPage())
