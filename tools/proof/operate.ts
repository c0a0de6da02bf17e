import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import type { ErrorDocument, RunDocument } from '../../src/app/contract/index.ts'
import { fail, ok, type Problem, type Result } from '../../src/core/base/index.ts'
import { bundled } from './bundled.ts'

const DEADLINE_MS = 600_000

/**
 * Runs `baton` as an operator does, in a process of its own: it takes no time from the writers and resolvers of a proof, whose
 * answers would be late because they were not read.
 */
export async function operate(
  fleetFile: string,
  words: readonly string[],
): Promise<Result<RunDocument, readonly Problem[]>> {
  const options = ['--fleet', fleetFile, '--yes', '--json']
  const child = spawn(process.execPath, [await bundled('baton'), ...words, ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: DEADLINE_MS,
  })
  // A proof that is stopped takes it along.
  const stop = () => child.kill()
  process.once('exit', stop)
  const said = await text(child.stdout).finally(() => process.off('exit', stop))
  const document = JSON.parse(said) as RunDocument | ErrorDocument
  return document.document === 'run' ? ok(document) : fail(document.problems)
}
