import { printManPage } from '../../src/app/cli/completion/index.ts'
import { createProgram } from '../../src/app/cli/program.ts'
import { openTerminal } from '../../src/app/cli/terminal.ts'
import { VERSION } from '../../src/core/base/index.ts'

/** `baton(1)`, as the declared commands make it. */
export function manPage(): string {
  const terminal = openTerminal('never')
  return printManPage(createProgram({ version: VERSION, terminal, invoke: async () => undefined }), VERSION)
}
