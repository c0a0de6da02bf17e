import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { findPorts, findTaken, LAB_ADDRESS } from '../../../src/app/lab/ports.ts'

test('finds adjoining ports below those that the system hands out', async () => {
  const ports = await findPorts(18)
  expect(ports.ok && ports.value.length).toBe(18)
  if (!ports.ok) return
  expect(ports.value.every((port, at) => port === (ports.value[0] as number) + at)).toBe(true)
  expect(Math.max(...ports.value)).toBeLessThan(32_768)
})

test('notices a port that is taken by TCP', async () => {
  const server = createServer().listen(0, LAB_ADDRESS)
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  expect(await findTaken([port])).toBe(port)
})

test('notices a port that is taken by UDP, even where its owner would share it', async () => {
  const socket = createSocket({ type: 'udp4', reuseAddr: true })
  onTestFinished(() => void socket.close())
  socket.bind(0, LAB_ADDRESS)
  await once(socket, 'listening')
  const { port } = socket.address()
  expect(await findTaken([port])).toBe(port)
})
