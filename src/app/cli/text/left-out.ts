import { type Line, line } from './layout/line.ts'
import { type Wrapping, wrap } from './layout/wrap.ts'

/** Whoever is left out is neither waited for nor looked at, so a person should see the names. */
export function leftOutLines(names: readonly string[], { width, hang }: Wrapping): readonly Line[] {
  if (names.length === 0) return []
  return wrap(line(`${' '.repeat(hang)}left out: ${names.join(', ')}`, 'warning'), { width, hang: hang + 2 })
}
