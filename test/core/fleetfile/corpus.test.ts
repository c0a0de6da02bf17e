import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type FleetDiagnostic, readFleet } from '../../../src/core/fleetfile/index.ts'

const FOLDER = 'test/corpus/fleet'
const FILE = '/fleets/example/baton.yaml'

const files = readdirSync(FOLDER).filter(name => name.endsWith('.yaml'))

describe('a good fleet file', () => {
  it.each(files.filter(name => name.startsWith('good-')))('%s becomes a fleet', async name => {
    const reading = readFleet(readFileSync(`${FOLDER}/${name}`, 'utf8'), FILE)
    if (!reading.ok) expect.fail(reading.error.map(({ message }) => message).join('\n'))
    const { fleet, warnings } = reading.value
    const text = [JSON.stringify(fleet, null, 2), ...warnings.map(printDiagnostic)].join('\n')
    await expect(`${text}\n`).toMatchFileSnapshot(expectationOf(name))
  })
})

describe('a bad fleet file', () => {
  it.each(files.filter(name => name.startsWith('bad-')))('%s is told what is wrong', async name => {
    const reading = readFleet(readFileSync(`${FOLDER}/${name}`, 'utf8'), FILE)
    if (reading.ok) expect.fail('it became a fleet')
    await expect(`${reading.error.map(printDiagnostic).join('\n')}\n`).toMatchFileSnapshot(
      expectationOf(name),
    )
  })
})

function expectationOf(name: string): string {
  return `../../corpus/fleet/${name.replace(/\.yaml$/, '.txt')}`
}

function printDiagnostic({ code, severity, message, remedy, place }: FleetDiagnostic): string {
  const where = `${place.line}:${place.column} (${place.length})`
  return `${where} ${severity} ${code}\n  ${message}\n  ${remedy}`
}
