import { countOf } from '../../../core/base/index.ts'
import type { DiffDocument, FileDifference } from '../../contract/index.ts'
import { type Line, line, type Tone } from './layout/line.ts'

/** What the servers have besides what they should have: `-` is the server's line, `+` the fleet folder's. */
export function diffLines({ same, files }: DiffDocument): readonly Line[] {
  if (same) return [line('every server has what the fleet folder renders to', 'good')]
  const verb = files.length === 1 ? 'differs' : 'differ'
  return [
    ...files.flatMap(fileLines),
    line(
      `${countOf(files.length, 'file')} ${verb}: \`-\` is on the server, \`+\` is what \`baton push\` would install`,
    ),
  ]
}

/** Never wrapped: a line of a file is a line here. */
function fileLines({ server, path, change, lines, linesLeftOut }: FileDifference): readonly Line[] {
  const head = line(`${server}:${path}  ${change}`, 'strong')
  if (change !== 'different') return [head]
  if (lines.length === 0) return [head, line('  holds secrets, so its lines are not shown', 'faint')]
  const more = linesLeftOut === 0 ? [] : [line(`  and ${countOf(linesLeftOut, 'more line')}`, 'faint')]
  return [head, ...lines.map(text => line(text, toneOf(text))), ...more]
}

function toneOf(text: string): Tone {
  if (text.startsWith('+')) return 'good'
  if (text.startsWith('-')) return 'bad'
  return 'faint'
}
