import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import {
  endProcess,
  hangProcess,
  identifyProcess,
  killProcess,
  type ProcessIdentity,
  processState,
  signalProcess,
} from '../../../src/app/lab/process.ts'

/** A process that ends by itself after a minute, should the test be killed. */
async function startProcess(command: string[] = ['sleep', '60']): Promise<ProcessIdentity> {
  const child = spawn(command[0] as string, command.slice(1), { stdio: 'ignore' })
  await once(child, 'spawn')
  onTestFinished(() => void child.kill('SIGKILL'))
  const identity = identifyProcess(child.pid as number)
  expect(identity).toBeDefined()
  return identity as ProcessIdentity
}

test('tells running, hung and gone apart', async () => {
  const identity = await startProcess()
  expect(processState(identity)).toBe('running')
  expect(await hangProcess(identity)).toBe('hung')
  expect(processState(identity)).toBe('hung')
  expect(await killProcess(identity)).toBe('gone')
  expect(processState(identity)).toBe('gone')
})

test('ends a process that hangs', async () => {
  const identity = await startProcess()
  expect(await hangProcess(identity)).toBe('hung')
  expect(await endProcess(identity, 5_000)).toBe('gone')
})

test('kills a process that does not listen', async () => {
  const identity = await startProcess(['sh', '-c', 'trap "" TERM; while :; do sleep 1; done'])
  expect(await endProcess(identity, 200)).toBe('gone')
})

test('takes no process for another that had the same id', async () => {
  const identity = await startProcess()
  const earlier = { ...identity, startTicks: identity.startTicks - 1 }
  const beforeBoot = { ...identity, boot: '00000000-0000-0000-0000-000000000000' }
  for (const other of [earlier, beforeBoot]) {
    expect(processState(other)).toBe('gone')
    expect(signalProcess(other, 'SIGKILL')).toBe('gone')
    expect(await endProcess(other, 1_000)).toBe('gone')
  }
  expect(processState(identity)).toBe('running')
})

test('knows nobody under an id that nobody has', () => {
  expect(identifyProcess(2 ** 22 + 1)).toBeUndefined()
})
