import type { StatusDocument } from '../../contract/index.ts'
import { EMPTY_LINE, type Line, line, tell } from './line.ts'
import { wrap } from './wrap.ts'

/** More zones than this are counted instead of listed, for each verdict. */
const ZONES_SHOWN_MAX = 500
const HANG = 4

/** Every zone that differs, by server and by how it differs. */
export function zoneLines({ verdicts }: StatusDocument, width: number): readonly Line[] {
  const about = verdicts.filter(({ zones }) => zones.length > 0)
  if (about.length === 0) return [EMPTY_LINE, line('no zone differs')]
  return [
    EMPTY_LINE,
    line('zones that differ', 'strong'),
    ...about.flatMap(({ subject, code, zones }) => {
      const more = zones.length - ZONES_SHOWN_MAX
      const names = [
        ...zones.slice(0, ZONES_SHOWN_MAX),
        ...(more > 0 ? [`and ${more} more (--json has all)`] : []),
      ]
      return [
        [tell(`  ${subject}`, 'strong'), tell(`  ${code}`, 'faint'), tell(`  ${zones.length}`)],
        ...wrap(line(`    ${names.join('  ')}`), { width, hang: HANG }),
      ]
    }),
  ]
}
