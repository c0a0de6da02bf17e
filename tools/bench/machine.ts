import { execFileSync } from 'node:child_process'
import { availableParallelism, cpus, release, totalmem } from 'node:os'

const GIBIBYTE = 2 ** 30

/** What a figure depends on besides the code, in one line: a table without it says nothing. */
export function describeMachine(): string {
  const memory = `${(totalmem() / GIBIBYTE).toFixed(0)} GiB`
  const cores = `${availableParallelism()} cores`
  const model = cpus()[0]?.model.trim() || 'unknown processor'
  return [
    model,
    cores,
    memory,
    `Linux ${kernelVersion()}`,
    `Node ${process.versions.node}`,
    bindVersion(),
  ].join(', ')
}

/** Without what the builder of the kernel called it. */
function kernelVersion(): string {
  return release().replace(/-.*/, '')
}

/** `BIND 9.18.49`, as `named -v` says it with more words. */
function bindVersion(): string {
  const said = execFileSync('named', ['-v'], { encoding: 'utf8' })
  return /^BIND [\d.]+/.exec(said)?.[0] ?? said.trim()
}
