import { expect, it } from 'vitest'
import { labLines } from '../../../../src/app/cli/text/lab/lab.ts'
import { printLines } from '../../../../src/app/cli/text/layout/print.ts'
import type { LabDocument } from '../../../../src/app/contract/index.ts'

const SERVER = {
  server: 'ns1',
  kind: 'peer',
  state: 'running',
  address: '127.0.0.1',
  pid: 77,
  dnsPort: 5301,
  controlPort: 5302,
  statisticsPort: 5303,
  breaks: [],
} as const

function print(server: LabDocument['servers'][number]): string {
  const lab = { version: 1, document: 'lab', folder: '/tmp/lab', fleet: 'lab', servers: [server] } as const
  return printLines(labLines(lab, 100), 'no-colour')
}

it('a lab that runs is told with how its servers are asked', () => {
  expect(print(SERVER)).toBe(`lab  in /tmp/lab, on 127.0.0.1

server  kind  state    pid   DNS  rndc  HTTP  broken
ns1     peer  running   77  5301  5302  5303

baton --fleet /tmp/lab/baton.yaml status
rndc -s 127.0.0.1 -p 5302 -k /tmp/lab/keys/rndc.key status
`)
})

it('a lab that was stopped is told with how it is started again', () => {
  expect(
    print({ ...SERVER, state: 'gone', pid: null })
      .split('\n')
      .slice(-3),
  ).toEqual(['', 'baton lab up --dir /tmp/lab', ''])
})
