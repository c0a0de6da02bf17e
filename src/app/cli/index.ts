export { EXIT, type ExitCode } from './exit-code.ts'
export { createProgram } from './program.ts'
