import type { Finding } from '../finding.ts'
import type { Path } from '../places.ts'
import type { FleetCheck } from './check.ts'

/** Keys that are used by default, and so are written nowhere, must be described too. */
export const checkKeys: FleetCheck = ({ fleet }) => {
  const described = new Set(fleet.keys.map(({ name }) => name))
  const servers = fleet.servers.filter(server => !described.has(server.control.key))
  const used: readonly (readonly [string, Path])[] = [
    [fleet.policy.transferKey, ['keys']],
    ...servers.map(server => [server.control.key, ['servers', server.name]] as const),
  ]
  return used.filter(([key]) => !described.has(key)).map(([key, path]) => missingKey(key, path))
}

function missingKey(key: string, path: Path): Finding {
  return {
    code: 'fleet.unknown-name',
    severity: 'error',
    path,
    about: 'key',
    message: `There is no key \`${key}\`, which is used where none is said.`,
    remedy: `Add \`${key}: ./keys/${key}.key\` under \`keys\`, with a file that \`tsig-keygen ${key}\` printed.`,
  }
}
