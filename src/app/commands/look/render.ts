import { resolve } from 'node:path'
import { fail, ok, type Problem, type Result } from '../../../core/base/index.ts'
import { encodeConf } from '../../../core/namedconf/index.ts'
import { openOwn } from '../../../io/hosts/index.ts'
import type { RenderDocument } from '../../contract/index.ts'
import type { SessionOptions } from '../session/session.ts'
import { withSession } from '../session/with-session.ts'

/** Secrets are among them, so they are for the operator alone. */
const FILE_MODE = 0o600

/** Writes what every server should hold into a folder, for looking: `OUT/SERVER/etc/bind/named.conf`. */
export function renderTo(
  options: SessionOptions & { readonly out: string },
): Promise<Result<RenderDocument, readonly Problem[]>> {
  const here = openOwn('here')
  const folder = resolve(options.out)
  return withSession(options, async session => {
    for (const { server, files } of session.rendered.values())
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
      servers: [...session.rendered.values()].map(({ server, files, zones }) => ({
        server,
        zones: zones.length,
        files: files.map(({ path }) => path),
      })),
      warnings: session.warnings,
    })
  })
}
