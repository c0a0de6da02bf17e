import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { printText, SHELL_FOLDER } from './guard/print-text.ts'

/** `npm run docs`: writes the guard's shell anew as the module that the code imports. A test notices when it was forgotten. */
writeFileSync(join(SHELL_FOLDER, 'text.ts'), printText())
