import type { CodesDocument } from '../../contract/index.ts'
import { EMPTY_LINE, type Line, line } from './layout/line.ts'
import { wrap } from './layout/wrap.ts'

/** What each code means, and what to do. */
export function codesLines({ codes }: Pick<CodesDocument, 'codes'>, width: number): readonly Line[] {
  return codes.flatMap(({ code, meaning, remedy }, index) => [
    ...(index === 0 ? [] : [EMPTY_LINE]),
    line(code, 'strong'),
    ...wrap(line(`  ${meaning}`), { width, hang: 2 }),
    ...wrap(line(`  → ${remedy}`), { width, hang: 4 }),
  ])
}
