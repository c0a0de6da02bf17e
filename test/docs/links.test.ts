import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { listFiles } from '../architecture/source.ts'

const pages = [
  ...['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md'].filter(page => existsSync(page)),
  ...listFiles('docs').filter(path => path.endsWith('.md')),
]

describe('links between pages', () => {
  it.each(pages)('%s points only to what is there', page => {
    const links = [...readFileSync(page, 'utf8').matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link ?? '')
    const broken = links.filter(link => !link.includes('://') && !isThere(page, link))
    expect(broken).toEqual([])
  })
})

function isThere(page: string, link: string): boolean {
  const [path = '', anchor] = link.split('#')
  const target = path === '' ? page : join(dirname(page), path)
  if (!existsSync(target)) return false
  return anchor === undefined || anchors(readFileSync(target, 'utf8')).includes(anchor)
}

/** The anchors of a page's headings, as code forges derive them. */
function anchors(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{Letter}\p{Number}\- _]/gu, '')
      .replaceAll(' ', '-'),
  )
}
