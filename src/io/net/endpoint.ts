/** Where something listens: an IP address and a TCP or UDP port; and how to come there, where it isn't there itself. */
export type Endpoint = {
  readonly address: string
  readonly port: number
  /**
   * The near end of a tunnel that leads there: a Unix socket or a port of this machine. A tunnel carries streams alone, so
   * whoever goes through one sends no datagrams. Nothing goes there directly.
   */
  readonly through?: NearEnd | undefined
}

export type NearEnd = { readonly path: string } | { readonly host: string; readonly port: number }

/** What `net.connect` needs. */
export function streamTo({ address, port, through }: Endpoint): NearEnd {
  return through ?? { host: address, port }
}

/** Whether datagrams reach it. */
export function takesDatagrams({ through }: Endpoint): boolean {
  return through === undefined
}

/** Whether an error of connecting is the word of the machine itself that nobody listens there. */
export function isRefusedBy({ through }: Endpoint, error: Error): boolean {
  return through === undefined && 'code' in error && error.code === 'ECONNREFUSED'
}

/** `address#port`, as named writes it in its log. */
export function printEndpoint(endpoint: Endpoint): string {
  return `${endpoint.address}#${endpoint.port}`
}
