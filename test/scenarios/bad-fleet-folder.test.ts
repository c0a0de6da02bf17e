import { rmSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EXIT, exitOfProblems } from '../../src/app/cli/exit-code.ts'
import type { Problem } from '../../src/core/base/index.ts'
import { PushBench, problemsOf } from '../support/push-bench.ts'

/** What is wrong in the fleet folder, and what a person is told: code, cause and remedy in words that must occur. */
type BadInput = {
  readonly file: string
  readonly change: (text: string) => string
  readonly code: string
  readonly because: RegExp
  readonly remedy: RegExp
}

const BAD: Readonly<Record<string, BadInput>> = {
  'a fleet file that is no YAML': {
    file: 'baton.yaml',
    change: () => 'fleet: [',
    code: 'fleet.yaml-syntax',
    because: /not readable YAML/,
    remedy: /Close every bracket/,
  },
  'a fleet file of random bytes': {
    file: 'baton.yaml',
    change: () => '\0\x01\xff',
    code: 'fleet.bad-value',
    because: /mapping/,
    remedy: /it is the fleet file/,
  },
  'an unknown server': {
    file: 'baton.yaml',
    change: text => text.replace('first-active: ns1', 'first-active: ns9'),
    code: 'fleet.unknown-name',
    because: /no server `ns9`/,
    remedy: /`ns1`/,
  },
  'an unknown key': {
    file: 'baton.yaml',
    change: text => text.replace('transfer-key: transfer', 'transfer-key: transfr'),
    code: 'fleet.unknown-name',
    because: /no key `transfr`/,
    remedy: /`transfer`/,
  },
  'a server that is reached by SSH': {
    file: 'baton.yaml',
    change: text => text.replace('    kind: peer\n', '    kind: peer\n    ssh: ns1.example.net\n'),
    code: 'hosts.ssh-not-yet',
    because: /reached by SSH \(ns1\.example\.net\)/,
    remedy: /^Run Baton on the server itself/,
  },
  'a key file that is not there': {
    file: 'baton.yaml',
    change: text => text.replace('keys/transfer.key', 'keys/nowhere.key'),
    code: 'cli.file-missing',
    because: /key transfer.*not there/,
    remedy: /umask 077; tsig-keygen transfer/,
  },
  'a key file with a key of another name': {
    file: 'keys/transfer.key',
    change: text => text.replace('"transfer"', '"other"'),
    code: 'cli.key-not-in-file',
    because: /holds "other", and no key "transfer"/,
    remedy: /^The name in the file(?!.*tsig-keygen)/,
  },
  'an empty key file': {
    file: 'keys/transfer.key',
    change: () => '',
    code: 'cli.key-not-in-file',
    because: /holds no key/,
    remedy: /tsig-keygen/,
  },
  'a secret that is not base64': {
    file: 'keys/transfer.key',
    change: text => text.replace(/secret "[^"]*"/, 'secret "%%%"'),
    code: 'namedconf.key-secret',
    because: /not base64/,
    remedy: /tsig-keygen/,
  },
  'a zone list that is not there': {
    file: 'baton.yaml',
    change: text => text.replace('./zones.conf', './nowhere.conf'),
    code: 'cli.file-missing',
    because: /baton\.yaml names this file/,
    remedy: /Correct the path/,
  },
  'a folder in place of a zone list': {
    file: 'baton.yaml',
    change: text => text.replace('./zones.conf', './keys'),
    code: 'cli.file-unreadable',
    because: /folder/,
    remedy: /Correct the path/,
  },
  'a zone without a file': {
    file: 'zones.conf',
    change: text => text.replace('\tfile "zones/z1.example.db";\n', ''),
    code: 'render.zone-without-file',
    because: /z1\.example/,
    remedy: /file of its own/,
  },
  'two zones that write one file': {
    file: 'zones.conf',
    change: text => text.replace('zones/z2.example.db', 'zones/z1.example.db'),
    code: 'render.file-shared',
    because: /z1\.example.*z2\.example/,
    remedy: /of its own/,
  },
  'a zone list with a syntax error': {
    file: 'zones.conf',
    change: text => text.replace('};', '}'),
    code: 'namedconf.missing-semicolon',
    because: /";"/,
    remedy: /";"/,
  },
  'a base with an open block': {
    file: 'base/ns1.conf',
    change: text => `${text}\noptions2 {`,
    code: 'namedconf.missing-brace',
    because: /"\{"/,
    remedy: /"\};"/,
  },
  'a zone with an option that BIND does not have': {
    file: 'zones.conf',
    change: text => text.replace('type primary;', 'type primary;\n\tallow-nothing { any; };'),
    code: 'render.option-unknown',
    because: /allow-nothing/,
    remedy: /spelling/,
  },
}

describe('a fleet folder with', () => {
  let bench: PushBench

  beforeAll(async () => {
    bench = await PushBench.open()
  })
  afterAll(() => bench.remove())

  it.each(Object.entries(BAD))('%s refuses a push, saying why and what to do', async (_, bad) => {
    const before = bench.filesOn('ns1')
    const pushed = await bench.whileEdited(bad.file, bad.change, () => bench.push())
    const problem = problemsOf(pushed).find(({ code }) => code === bad.code)
    expect(problemsOf(pushed).map(({ code }) => code)).toContain(bad.code)
    expect(becauseOf(problem)).toMatch(bad.because)
    expect(problem?.remedy ?? '').toMatch(bad.remedy)
    expect(exitOfProblems(problemsOf(pushed))).toBe(EXIT.refused)
    expect(bench.filesOn('ns1')).toEqual(before)
  })

  it('no fleet file at all says where it was looked for', async () => {
    const text = bench.read(bench.fleetFile)
    rmSync(bench.fleetFile)
    const pushed = await bench.push()
    writeFileSync(bench.fleetFile, text, 'latin1')
    expect(problemsOf(pushed).map(({ code }) => code)).toEqual(['cli.no-fleet-file'])
  })
})

function becauseOf(problem: Problem | undefined): string {
  if (problem === undefined) return ''
  return problem.kind === 'diagnostic' ? problem.message : problem.because
}
