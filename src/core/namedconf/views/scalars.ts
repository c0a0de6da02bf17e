const TTL_UNITS_S: ReadonlyMap<string, number> = new Map([
  ['w', 604_800],
  ['d', 86_400],
  ['h', 3_600],
  ['m', 60],
  ['s', 1],
])

/**
 * What named takes for yes and no: `yes`, `true` and `1`, `no`, `false` and `0`. Nothing for any other text.
 */
export function readBoolean(text: string): boolean | undefined {
  if (/^(?:yes|true|1)$/i.test(text)) return true
  return /^(?:no|false|0)$/i.test(text) ? false : undefined
}

/**
 * A duration in seconds: a number (`3600`), with units (`1d12h`), or ISO 8601 (`P30D`, `PT12H`), where named
 * counts a month as 31 and a year as 365 days. Nothing for any other text, `unlimited` included.
 */
export function readDuration(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text)
  return /^p/i.test(text) ? readIsoDuration(text) : readTtl(text)
}

function readTtl(text: string): number | undefined {
  if (!/^(?:\d+[wdhms])+$/i.test(text)) return undefined
  let seconds = 0
  for (const [, count, unit] of text.toLowerCase().matchAll(/(\d+)([wdhms])/g)) {
    seconds += Number(count) * (TTL_UNITS_S.get(unit as string) as number)
  }
  return seconds
}

function readIsoDuration(text: string): number | undefined {
  const pattern = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/i
  const match = pattern.exec(text)
  if (match === null || !/\d/.test(text) || /t$/i.test(text)) return undefined
  const units = [365 * 86_400, 31 * 86_400, 7 * 86_400, 86_400, 3_600, 60, 1]
  return units.reduce((seconds, unit, index) => seconds + unit * Number(match[index + 1] ?? 0), 0)
}
