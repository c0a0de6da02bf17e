import { mkdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'
import { type Failure, invariant, type Result } from '../../../src/core/base/index.ts'
import type { FileContent, Host } from '../../../src/io/hosts/index.ts'

/** A host to be tried, and a folder of its that this test process can see as well, under the same path. */
export type HostUnderTest = {
  readonly host: Host
  readonly folder: string
  readonly close: () => Promise<void>
}

/** Where the contract's tests work: one host, and a new folder for each test. */
export class Workbench {
  #under: HostUnderTest | undefined
  #tests = 0

  open(under: HostUnderTest): void {
    this.#under = under
  }

  async clear(): Promise<void> {
    this.#tests++
    await mkdir(this.folder)
  }

  async close(): Promise<void> {
    await this.host.close()
    await this.#opened().close()
  }

  get host(): Host {
    return this.#opened().host
  }

  get folder(): string {
    return join(this.#opened().folder, `test-${this.#tests}`)
  }

  at(path: string): string {
    return join(this.folder, path)
  }

  file(path: string, content: string | Uint8Array, mode = 0o640): FileContent {
    return { path: this.at(path), content, mode, user: undefined }
  }

  textOf(path: string): Promise<string> {
    return readFile(this.at(path), 'utf8')
  }

  async modeOf(path: string): Promise<number> {
    const { mode } = await stat(this.at(path))
    return mode & 0o7777
  }

  #opened(): HostUnderTest {
    invariant(this.#under !== undefined, 'the host is open while its tests run')
    return this.#under
  }
}

/** What went well; the test ends with the failure otherwise. */
export function value<Value>(result: Result<Value, Failure>): Value {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.because}`)
  return result.value
}

/** What went wrong, as it should have. */
export function error(result: Result<unknown, Failure>): Failure {
  if (result.ok) throw new Error('it went well where it should have failed')
  expect(result.error.remedy).not.toBe('')
  return result.error
}
