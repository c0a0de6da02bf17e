import type { Check } from '../check.ts'
import { involvedManaged, refuseUnknown, seenServer } from '../involved.ts'

export const filesReadable: Check = {
  name: 'files-readable',
  question: 'Can the configuration folder of every managed server be read?',
  operations: ['push', 'switchover'],
  weight: 'refuse',
  ask: context =>
    involvedManaged(context).flatMap(({ name }) => {
      const files = seenServer(context, name)?.files
      if (files?.ok) return []
      return [refuseUnknown('check.files-readable', name, files?.error ?? 'they were not looked at')]
    }),
}
