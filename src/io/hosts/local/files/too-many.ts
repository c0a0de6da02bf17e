import { type Failure, failure } from '../../../../core/base/index.ts'

/** A question about more files than its answer may hold. */
export function tooMany(server: string, what: string, filesMax: number): Failure {
  return failure({
    code: 'hosts.too-many-files',
    subject: server,
    because: `${what} were asked for at once on ${server}, over the limit of ${filesMax}`,
    remedy: 'Please report this: Baton should have asked in portions.',
  })
}
