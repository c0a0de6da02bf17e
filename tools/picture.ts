import { readFileSync, writeFileSync } from 'node:fs'

/**
 * Draws what a command printed as a picture for the README: `npm run demo | tee demo.txt`, then
 * `npx tsx tools/picture.ts demo.txt docs/demo.svg`. Text stays text, so that it can be searched and read aloud.
 */
const CHARACTER_WIDTH = 7.8
const LINE_HEIGHT = 18
const MARGIN = 16
const BACKGROUND = '#16181d'
const TEXT = '#d7dae0'
const HEADLINE = '#7fb4ff'
const GOOD = '#8fd19e'

function draw(text: string): string {
  const lines = text.trimEnd().split('\n')
  const width = Math.max(...lines.map(line => line.length)) * CHARACTER_WIDTH + 2 * MARGIN
  const height = lines.length * LINE_HEIGHT + 2 * MARGIN
  const rows = lines.map((line, index) => {
    const y = MARGIN + (index + 1) * LINE_HEIGHT - 5
    return `<text x="${MARGIN}" y="${y}" fill="${colourOf(line)}" xml:space="preserve">${escapeXml(line)}</text>`
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${Math.ceil(width)}" height="${height}" role="img" aria-label="The output of npm run demo">`,
    `<rect width="100%" height="100%" rx="8" fill="${BACKGROUND}"/>`,
    '<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="13">',
    ...rows,
    '</g>',
    '</svg>',
    '',
  ].join('\n')
}

function colourOf(line: string): string {
  if (/^baton /.test(line)) return HEADLINE
  return /^(yes|done)\b/.test(line) ? GOOD : TEXT
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

const [, , from, to] = process.argv
if (from === undefined || to === undefined) {
  process.stderr.write('usage: npx tsx tools/picture.ts TEXT-FILE SVG-FILE\n')
  process.exitCode = 64
} else {
  writeFileSync(to, draw(readFileSync(from, 'utf8')))
}
