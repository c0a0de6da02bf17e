import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { NODE_MIN } from '../../tools/install.mjs'

type Locked = { resolved?: string; integrity?: string; hasInstallScript?: boolean; dev?: boolean }

const packages = Object.entries(
  readJson<{ packages: Record<string, Locked> }>('package-lock.json').packages,
).filter(([path]) => path !== '')

describe('package-lock.json', () => {
  it('names no host: the registry is the business of whoever installs', () => {
    expect(packages.filter(([, { resolved }]) => resolved !== undefined)).toEqual([])
  })

  it('has a digest for every package', () => {
    expect(packages.filter(([, { integrity }]) => integrity === undefined)).toEqual([])
  })

  it('takes no package at run time that has a script for its installation', () => {
    const scripted = packages.filter(([, locked]) => locked.hasInstallScript && !locked.dev)
    expect(scripted.map(([path]) => path)).toEqual([])
  })
})

describe('package.json', () => {
  it('asks for the Node that the installer asks for', () => {
    const { engines } = readJson<{ engines: { node: string } }>('package.json')
    expect(engines.node).toBe(`>=${NODE_MIN.join('.')}`)
  })
})

function readJson<Content>(path: string): Content {
  return JSON.parse(readFileSync(path, 'utf8')) as Content
}
