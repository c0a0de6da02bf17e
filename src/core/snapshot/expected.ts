import type { DomainName } from '../base/index.ts'

/** What a server should hold, as far as judging needs to know; rendering fills it in. */
export type Expected = ReadonlyMap<string, ExpectedServer>

export type ExpectedServer = {
  readonly zones: readonly ExpectedZone[]
  /** Path → SHA-256 (hex); nothing where Baton does not write the configuration. */
  readonly digests: ReadonlyMap<string, string> | undefined
}

export type ExpectedZone = { readonly name: DomainName; readonly view: string; readonly set: string }
