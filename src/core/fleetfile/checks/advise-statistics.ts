import { listWords } from '../../fleet/index.ts'
import type { FleetCheck } from './check.ts'

/** One warning for all servers without a statistics channel: seeing them takes longer. */
export const adviseOnStatistics: FleetCheck = ({ fleet }) => {
  const without = fleet.servers.filter(server => server.statistics === undefined).map(server => server.name)
  if (without.length === 0) return []
  return [
    {
      code: 'fleet.no-statistics',
      severity: 'warning',
      path: ['servers'],
      about: 'key',
      message: `No statistics channel is given for ${listWords(without)}; seeing their zones takes longer.`,
      remedy: 'Add `statistics: PORT`, and `statistics-channels` to the configuration of named.',
    },
  ]
}
