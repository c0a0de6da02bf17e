import { refuse } from '../../base/index.ts'
import type { Check } from '../check.ts'
import { involvedPeers, seenServer } from '../involved.ts'

export const versionsAlike: Check = {
  name: 'versions-alike',
  question: 'Do the peers run the same BIND release?',
  operations: ['switchover'],
  weight: 'warn',
  ask: context => {
    const releases = involvedPeers(context).flatMap(({ name }) => {
      const named = seenServer(context, name)?.named
      return named?.ok ? [{ name, release: named.value.version.split('.').slice(0, 2).join('.') }] : []
    })
    const [first, ...others] = releases
    const other = others.find(({ release }) => release !== first?.release)
    if (first === undefined || other === undefined) return []
    return [
      refuse({
        code: 'check.versions-alike',
        subject: other.name,
        because: `it runs BIND ${other.release}, ${first.name} runs ${first.release}`,
        remedy: 'It works, but options and defaults differ between releases: test the way back as well.',
      }),
    ]
  },
}
