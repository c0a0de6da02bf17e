import * as z from 'zod/mini'
import { duration, size, whole } from './schema-parts.ts'
import { setting } from './setting.ts'

/** What the fleet decides once, with its defaults. */
export const policySchema = z.strictObject({
  'transfer-key': z.prefault(
    setting(z.string(), {
      description: "The key of `keys` that signs zone transfers, NOTIFY, and Baton's own questions.",
      examples: ['transfer'],
    }),
    'transfer',
  ),
  'notify-delay': z.prefault(
    duration(
      { min: 0, max: 300 },
      {
        description:
          "`notify-delay` of named: how long an active may hold back the second NOTIFY of a zone, and so how much a failover may lose. From 0s to 300s; named's own default is 5s.",
        examples: ['1s'],
      },
    ),
    '1s',
  ),
  'notify-rate': z.prefault(
    setting(whole({ min: 1, max: 100_000 }), {
      description:
        "`notify-rate`, `startup-notify-rate` and `serial-query-rate` of named, per second. named's own default of 20 takes 17 minutes for 20,000 zones.",
      examples: [1000],
    }),
    1000,
  ),
  'masterfile-format': z.prefault(
    setting(z.enum(['text', 'raw']), {
      description:
        'Format of the zone files that do not say theirs, the same in both roles. Without it a secondary would write raw and a primary expect text.',
      examples: ['raw'],
    }),
    'text',
  ),
  'write-pause-max': z.prefault(
    duration(
      { min: 1, max: 3600 },
      {
        description:
          'The longest that writes may pause in a switchover before everything is put back. From 1s to 3600s.',
        examples: ['30s', '2m'],
      },
    ),
    '30s',
  ),
  'convergence-max': z.prefault(
    duration(
      { min: 1, max: 86_400 },
      {
        description: 'The longest to wait for the secondaries to catch up after a switch. From 1s to 86400s.',
        examples: ['5m'],
      },
    ),
    '5m',
  ),
  'serial-step': z.prefault(
    setting(whole({ min: 1, max: 2 ** 30 }), {
      description:
        'How far a failover raises the serial of every dynamic zone before it takes its first update. It must be far above the number of updates that a zone of the old active can have taken since its last contact with anybody, so that no two servers ever hold the same serial with different content; and a serial may move by less than 2^31 at once (RFC 1982). The default of a million is eleven days at one update a second, and in a serial that is a date one year.',
      examples: [1_000_000],
    }),
    1_000_000,
  ),
  'clock-skew-max': z.prefault(
    duration(
      { min: 1, max: 300 },
      {
        description:
          'The greatest difference between the clocks of two servers. From 1s to 300s, beyond which TSIG fails (RFC 8945 section 10).',
        examples: ['10s'],
      },
    ),
    '30s',
  ),
  'free-space-min': z.prefault(
    size({
      description: 'Free space that every peer must have where it writes.',
      examples: ['100 MiB', '1 GiB'],
    }),
    '100 MiB',
  ),
  'keep-runs': z.prefault(
    setting(whole({ min: 1, max: 1000 }), {
      description:
        'How many runs that are over keep their plan and journal in `baton/runs` on the peers, and in `.baton/runs` beside this file. Plans hold keys, so older ones are removed at the end of a run. What is unfinished stays, and the history is never shortened.',
      examples: [20],
    }),
    20,
  ),
})
