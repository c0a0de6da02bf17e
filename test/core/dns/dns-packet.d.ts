/** As much of the test oracle as is used here; it comes without types. */
declare module 'dns-packet' {
  const packet: {
    readonly AUTHORITATIVE_ANSWER: number
    encode(message: Record<string, unknown>): Buffer
    decode(bytes: Buffer): Record<string, unknown>
  }
  export default packet
}
