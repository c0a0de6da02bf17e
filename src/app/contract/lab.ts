type Head<Name extends string> = { readonly version: 1; readonly document: Name }

export type LabDocument = Head<'lab'> & {
  readonly folder: string
  readonly fleet: string
  readonly servers: readonly LabServerStatus[]
}

export type LabServerStatus = {
  readonly server: string
  readonly kind: 'peer' | 'secondary'
  readonly state: string
  readonly pid: number | null
  readonly address: string
  readonly dnsPort: number
  readonly controlPort: number
  readonly statisticsPort: number
  readonly breaks: readonly string[]
}
