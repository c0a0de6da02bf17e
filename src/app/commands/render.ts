import { resolve } from 'node:path'
import { fail, ok, type Problem, type Result } from '../../core/base/index.ts'
import { encodeConf } from '../../core/namedconf/index.ts'
import { localHost } from '../../io/hosts/index.ts'
import type { RenderDocument } from '../contract/index.ts'
import { openSession, type SessionOptions } from './session.ts'

/** Secrets are among them, so they are for the operator alone. */
const FILE_MODE = 0o600

/** Writes what every server should hold into a folder, for looking: `OUT/SERVER/etc/bind/named.conf`. */
export async function renderTo(
  options: SessionOptions & { readonly out: string },
): Promise<Result<RenderDocument, readonly Problem[]>> {
  const session = await openSession(options)
  if (!session.ok) return session
  const here = localHost('here')
  const folder = resolve(options.out)
  try {
    for (const { server, files } of session.value.rendered.values())
      for (const { path, content } of files) {
        const written = await here.replace({
          path: `${folder}/${server}${path}`,
          content: encodeConf(content),
          mode: FILE_MODE,
          user: undefined,
        })
        if (!written.ok) return fail([written.error])
      }
    return ok({
      version: 1,
      document: 'render',
      folder,
      servers: [...session.value.rendered.values()].map(({ server, files, zones }) => ({
        server,
        zones: zones.length,
        files: files.map(({ path }) => path),
      })),
      warnings: session.value.warnings,
    })
  } finally {
    await session.value.close()
  }
}
