/** The same numbers with room for twice as many. */
export function grow<Numbers extends Int32Array | Uint8Array>(numbers: Numbers): Numbers {
  const length = numbers.length * 2
  const wider = numbers instanceof Int32Array ? new Int32Array(length) : new Uint8Array(length)
  wider.set(numbers)
  return wider as Numbers
}
