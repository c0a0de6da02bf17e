import { createSocket, type Socket } from 'node:dgram'
import { ANSWERS, type Answer } from '../src/core/guard/index.ts'
import { layGuardedServer, SHELLS } from '../test/core/guard/guarded-server.ts'
import { testKey } from '../test/io/net/named.ts'
import type { BenchRow } from './row.ts'

const DECISION_MS_MAX = 3000
const ROUNDS = 3

/** How long the guard takes to decide when its questions to eight peers vanish, as on a cut network: the slowest round. */
export async function bench(): Promise<BenchRow[]> {
  const sockets = await Promise.all(ANSWERS.map(openSilentSocket))
  const ports = new Map<Answer, number>(
    ANSWERS.map((answer, index) => [answer, sockets[index]?.address().port ?? 0]),
  )
  const peers = { key: testKey('transfer'), ports, stop: () => Promise.resolve() }
  const server = layGuardedServer(peers, { own: 'active', answers: ANSWERS })
  try {
    let slowestMs = 0
    for (const shell of SHELLS) {
      for (let round = 0; round < ROUNDS; round++) {
        const started = performance.now()
        const { output } = await server.run(shell, 'decide')
        slowestMs = Math.max(slowestMs, performance.now() - started)
        if (!output.includes('guard.nobody-answers')) throw new Error(`somebody answered: ${output}`)
      }
    }
    const ratio = slowestMs / DECISION_MS_MAX
    const figure = `${Math.round(slowestMs)} ms of ${DECISION_MS_MAX} ms`
    return [
      { what: 'the guard decides, nobody answering', figure, ratio, target: 'at most 1', met: ratio <= 1 },
    ]
  } finally {
    server.remove()
    for (const socket of sockets) socket.close()
  }
}

/** Takes questions and never answers, where a closed port would answer at once that nobody is there. */
function openSilentSocket(): Promise<Socket> {
  const socket = createSocket('udp4')
  return new Promise(resolve => socket.bind(0, '127.0.0.1', () => resolve(socket)))
}
