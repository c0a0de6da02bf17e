/** Where something listens: an IP address and a TCP or UDP port. */
export type Endpoint = { readonly address: string; readonly port: number }

/** `address#port`, as named writes it in its log. */
export function printEndpoint(endpoint: Endpoint): string {
  return `${endpoint.address}#${endpoint.port}`
}
