import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { NODE_MIN } from '../../tools/install.mjs'

type Locked = {
  version?: string
  resolved?: string
  integrity?: string
  dev?: boolean
  os?: string[]
  cpu?: string[]
  libc?: string[]
  optionalDependencies?: Record<string, string>
}

const packages = Object.entries(
  readJson<{ packages: Record<string, Locked> }>('package-lock.json').packages,
).filter(([path]) => path !== '')

describe('package-lock.json', () => {
  it('names no host: the registry is the business of whoever installs', () => {
    expect(packages.filter(([, { resolved }]) => resolved !== undefined)).toEqual([])
  })

  it('has a digest for every package that this machine installs', () => {
    const here = packages.filter(([, locked]) => fitsHere(locked))
    expect(here.filter(([, { integrity }]) => integrity === undefined)).toEqual([])
  })

  it('has the binaries of every platform: without one, npm ci refuses everywhere', () => {
    const named = packages.flatMap(([, locked]) => Object.entries(locked.optionalDependencies ?? {}))
    const absent = named.filter(
      ([name, version]) =>
        /^\d/.test(version) && !packages.some(([path]) => path.endsWith(`node_modules/${name}`)),
    )
    expect(absent).toEqual([])
  })

  it('has no package that whoever installs Baton would have to install too', () => {
    expect(packages.filter(([, locked]) => !locked.dev).map(([path]) => path)).toEqual([])
  })
})

describe('package.json', () => {
  it('asks for the Node that the installer asks for', () => {
    const { engines } = readJson<{ engines: { node: string } }>('package.json')
    expect(engines.node).toBe(`>=${NODE_MIN.join('.')}`)
  })
})

/** As npm decides it, on a system with glibc, which Debian and Ubuntu have. */
function fitsHere({ os, cpu, libc }: Locked): boolean {
  const fits = (allowed: string[] | undefined, value: string) => allowed?.includes(value) ?? true
  return fits(os, process.platform) && fits(cpu, process.arch) && fits(libc, 'glibc')
}

function readJson<Content>(path: string): Content {
  return JSON.parse(readFileSync(path, 'utf8')) as Content
}
