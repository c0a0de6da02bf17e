import { type DomainName, invariant, labelsOf, nameFromLabels } from '../base/index.ts'

/** A whole name on the wire: length bytes, labels and the root label (RFC 1035 section 3.1). */
export const NAME_BYTES_MAX = 255
const DOT = 0x2e

/** The uncompressed wire form of a name, lower case as a `DomainName` is. */
export function wireFromName(name: DomainName): Uint8Array {
  if (name !== '.' && !name.includes('\\')) return wireFromPlainName(name)
  const labels = labelsOf(name)
  const wire = new Uint8Array(labels.reduce((length, label) => length + label.length + 1, 1))
  let at = 0
  for (const label of labels) {
    wire[at] = label.length
    wire.set(label, at + 1)
    at += label.length + 1
  }
  return wire
}

/** As most names are: no escapes, so every character is a byte. Each dot becomes the length of what follows it. */
function wireFromPlainName(name: string): Uint8Array {
  const wire = new Uint8Array(name.length + 2)
  let labelAt = 0
  for (let at = 0; at < name.length; at++) {
    const byte = name.charCodeAt(at)
    if (byte === DOT) labelAt = at + 1
    else {
      wire[at + 1] = byte
      wire[labelAt] = at + 1 - labelAt
    }
  }
  return wire
}

/** The name of an uncompressed wire form that was already checked by a `WireReader`. */
export function nameFromWire(wire: Uint8Array): DomainName {
  const labels: Uint8Array[] = []
  for (let at = 0; wire[at]; at += 1 + (wire[at] as number)) {
    labels.push(wire.subarray(at + 1, at + 1 + (wire[at] as number)))
  }
  const name = nameFromLabels(labels)
  invariant(name.ok, 'a checked wire name is a domain name')
  return name.value
}

/** Lower case in place, ASCII letters only (RFC 4343 section 3). Length bytes are below 64, so they stay. */
export function lowerCaseName(wire: Uint8Array): Uint8Array {
  for (let at = 0; at < wire.length; at++) {
    const byte = wire[at] as number
    if (byte >= 0x41 && byte <= 0x5a) wire[at] = byte + 0x20
  }
  return wire
}
