import { refuse } from '../../../base/index.ts'
import type { Check } from '../../check.ts'
import { involvedPeers, refuseUnknown, seenNamed } from '../../involved.ts'

/** Options and defaults differ between releases: what one peer loads the other may refuse. */
export const versionsAlike: Check = {
  name: 'versions-alike',
  question: 'Do the peers run the same BIND release?',
  meaning: 'The peers run different BIND releases; defaults differ between them.',
  remedy: 'Bring both to one release when you can.',
  operations: ['switchover'],
  weight: 'warn',
  ask: context => {
    const seen = involvedPeers(context).map(({ name }) => ({ name, named: seenNamed(context, name) }))
    const unknown = seen.flatMap(({ name, named }) =>
      named.kind === 'unknown' ? [refuseUnknown('check.versions-alike', name, named)] : [],
    )
    const [first, ...others] = seen.flatMap(({ name, named }) =>
      named.kind === 'seen' ? [{ name, release: releaseOf(named.value.version) }] : [],
    )
    const different = others
      .filter(({ release }) => release !== first?.release)
      .map(({ name, release }) =>
        refuse({
          code: 'check.versions-alike',
          subject: name,
          because: `it runs BIND ${release}, ${first?.name} runs ${first?.release}`,
          remedy: 'It works, but options and defaults differ between releases: test the way back as well.',
        }),
      )
    return [...unknown, ...different]
  },
}

/** `9.18.49-1-Debian` → `9.18`. */
function releaseOf(version: string): string {
  return version.split('.').slice(0, 2).join('.')
}
