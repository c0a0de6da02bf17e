#!/usr/bin/env node
import { runCommandLine } from './command-line.ts'
import { complainOfDefect } from './defect.ts'
import { EXIT } from './exit-code.ts'

const words = process.argv.slice(2)

for (const event of ['uncaughtException', 'unhandledRejection'] as const)
  process.on(event, cause => {
    complainOfDefect(words, cause)
    process.exit(EXIT.defect)
  })

// Not `process.exit`, which would cut off what a pipe has not taken yet.
const exit = await runCommandLine(words)
process.exitCode ??= exit
