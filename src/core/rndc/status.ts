import { fail, type Instant, ok, type Result } from '../base/index.ts'
import { answerLines } from './answer-lines.ts'
import { parseHttpDate } from './http-date.ts'

/** What `rndc status` says, as far as Baton asks. */
export type ServerStatus = {
  /** As named prints it, without the word BIND: `9.18.49`, with what the packager adds. */
  readonly version: string
  readonly bootTime: Instant | undefined
  /** When a configuration was last read, to the second; one that was refused counts too. */
  readonly configTime: Instant | undefined
  readonly zones: number | undefined
  /** named refused its last configuration and goes on with the one before. */
  readonly reloadFailed: boolean
  /** A reconfiguration is under way at this moment. */
  readonly reloading: boolean
}

/** Reads the answer to `status`; a text without a version is none. */
export function parseStatus(text: string): Result<ServerStatus, 'it names no version'> {
  const lines = answerLines(text)
  const version = /^BIND (\S+)/.exec(lines.get('version') ?? '')?.[1]
  if (version === undefined) return fail('it names no version')
  const zones = /^\d+/.exec(lines.get('number of zones') ?? '')?.[0]
  return ok({
    version,
    bootTime: parseHttpDate(lines.get('boot time')),
    configTime: parseHttpDate(lines.get('last configured')),
    zones: zones === undefined ? undefined : Number(zones),
    reloadFailed: /^reload\/reconfig failed$/m.test(text),
    reloading: /^reload\/reconfig in progress$/m.test(text),
  })
}
