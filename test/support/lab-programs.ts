import { execFileSync } from 'node:child_process'
import { findServer, type Lab } from '../../src/app/lab/index.ts'

/** BIND's own programs, as an operator types them, for the servers of a lab. Whatever exits non-zero throws. */
export type LabPrograms = {
  rndc(server: string, ...command: string[]): string
  /** The addresses of a name, one a line; empty when there is none. */
  dig(server: string, name: string): string
  /** One `update` line of nsupdate, signed with the writer's key. */
  update(server: string, line: string): void
}

export function programsOf(lab: Lab): LabPrograms {
  const place = (server: string) => {
    const found = findServer(lab, server)
    if (!found.ok) throw new Error(found.error.because)
    return found.value
  }
  return {
    rndc(server, ...command) {
      const { address, port } = place(server).control
      const key = `${lab.folder}/keys/rndc.key`
      return run('rndc', ['-k', key, '-s', address, '-p', `${port}`, ...command])
    },
    dig(server, name) {
      const { address, port } = place(server).dns
      return run('dig', [`@${address}`, '-p', `${port}`, '+short', name, 'A']).trim()
    },
    update(server, line) {
      const { address, port } = place(server).dns
      run(
        'nsupdate',
        ['-k', `${lab.folder}/keys/writer.key`],
        `server ${address} ${port}\nupdate ${line}\nsend\n`,
      )
    },
  }
}

function run(program: string, words: readonly string[], input = ''): string {
  return execFileSync(program, words, { encoding: 'utf8', input })
}
