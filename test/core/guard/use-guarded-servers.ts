import { afterAll, beforeAll } from 'vitest'
import { type AnsweringPeers, startAnsweringPeers } from './answering-peers.ts'
import { type GuardedServer, layGuardedServer, type Situation } from './guarded-server.ts'

/** Starts the peers that answer, for all tests of a file, and gives what lays a server among them. All are gone at the end. */
export function useGuardedServers(): (situation: Situation) => GuardedServer {
  let peers: AnsweringPeers
  const laid: GuardedServer[] = []
  beforeAll(async () => {
    peers = await startAnsweringPeers()
  })
  afterAll(async () => {
    for (const server of laid) server.remove()
    await peers.stop()
  })
  return situation => {
    const server = layGuardedServer(peers, situation)
    laid.push(server)
    return server
  }
}
