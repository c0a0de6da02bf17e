/** Of which zone a key file is, and which key: from its name, in which named writes odd characters as `%2F`. */
export function readKeyFileName(name: string): { readonly zone: string; readonly tag: number } | undefined {
  const parts = /^K(.*)\.\+\d{3}\+(\d{5})$/.exec(name)
  if (parts === null) return undefined
  const [, zone = '', tag] = parts
  const plain = zone.replaceAll(/%([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(parseInt(hex, 16)),
  )
  return { zone: plain === '' ? '.' : plain, tag: Number(tag) }
}

/** Whether the DNSKEY in a `.key` file has the SEP flag (RFC 4034 section 2.1.1), as KSKs and CSKs have; nothing where none is. */
export function readSepFlag(text: string): boolean | undefined {
  const flags = /^[^;\n]*\sDNSKEY\s+(\d+)\s/m.exec(text)?.[1]
  return flags === undefined ? undefined : (Number(flags) & 1) === 1
}

/** Every `Word: value` of a `.state` file; of a time the digits `YYYYMMDDHHMMSS`, in UTC. */
export function readKeyState(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>()
  for (const line of text.split('\n')) {
    const [, word, value] = /^(\w+): (\S+)/.exec(line) ?? []
    if (word !== undefined && value !== undefined) values.set(word, value)
  }
  return values
}

/** `20261130154418` as milliseconds since 1970. */
export function readKeyTime(digits: string): number | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(digits)
  if (parts === null) return undefined
  const [year, month, day, hour, minute, second] = parts.slice(1).map(Number)
  return Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second)
}
