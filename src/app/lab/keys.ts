import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Failure, fail, failure, ok, type Result, SharedKey } from '../../core/base/index.ts'
import { onDisk } from './disk.ts'
import { labPaths } from './layout.ts'

const SECRET_BYTES = 32

/** What the keys of a lab are for; each is a file `keys/NAME.key`. */
export const LAB_KEYS = ['rndc', 'transfer', 'writer'] as const

export type LabKeyName = (typeof LAB_KEYS)[number]

/** A new key of that name. */
export function createKey(name: LabKeyName): SharedKey {
  return new SharedKey(name, 'hmac-sha256', randomBytes(SECRET_BYTES))
}

/** The key as `tsig-keygen` prints it. */
export function keyText(key: SharedKey): string {
  const secret = Buffer.from(key.reveal()).toString('base64')
  return `key "${key.name}" {\n\talgorithm ${key.algorithm};\n\tsecret "${secret}";\n};\n`
}

/** The key of that name, from the lab's folder. */
export function readLabKey(folder: string, name: LabKeyName): Result<SharedKey, Failure> {
  const path = join(labPaths(folder).keys, `${name}.key`)
  const text = onDisk(path, () => readFileSync(path, 'utf8'))
  if (!text.ok) return text
  const secret = /^\tsecret "([A-Za-z0-9+/=]+)";$/m.exec(text.value)?.[1]
  if (secret !== undefined) return ok(new SharedKey(name, 'hmac-sha256', Buffer.from(secret, 'base64')))
  return fail(
    failure({
      code: 'lab.file',
      subject: path,
      because: 'It holds no key as the lab wrote it.',
      remedy: 'Put the key back, or make the lab anew.',
    }),
  )
}
