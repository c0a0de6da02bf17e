import { firstFew } from '../../../core/base/index.ts'
import type { StatusDocument } from '../../contract/index.ts'
import { EMPTY_LINE, type Line, line, tell } from './layout/line.ts'
import { wrap } from './layout/wrap.ts'

/** More zones than this are counted instead of listed, for each verdict. */
const FEW = { max: 500, hint: ' (--json has all)' }
const HANG = 4

/** Every zone that differs, by server and by how it differs. */
export function zoneLines({ verdicts }: StatusDocument, width: number): readonly Line[] {
  const about = verdicts.filter(({ zones }) => zones.length > 0)
  if (about.length === 0) return [EMPTY_LINE, line('no zone differs')]
  return [
    EMPTY_LINE,
    line('zones that differ', 'strong'),
    ...about.flatMap(({ subject, code, zones }) => [
      [tell(`  ${subject}`, 'strong'), tell(`  ${code}`, 'faint'), tell(`  ${zones.length}`)],
      ...wrap(line(`    ${firstFew(zones, FEW).join('  ')}`), { width, hang: HANG }),
    ]),
  ]
}
