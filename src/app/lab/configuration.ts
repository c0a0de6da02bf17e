import type { LabServerPaths } from './layout.ts'
import { LAB_ADDRESS } from './ports.ts'
import type { LabServer } from './record.ts'

const LOG_SIZE_MAX = '20m'

/** What zones refer to on every server: `shared.conf` of the lab. */
export function sharedConf(): string {
  return [
    '// What the zones and the options of every server refer to. Baton adds the keys of the fleet.',
    `acl "lab" { ${LAB_ADDRESS}; };`,
    '',
  ].join('\n')
}

/**
 * A server's base: all it has besides the managed zones. It keeps to loopback: `notify explicit`, because the default
 * would send a NOTIFY to port 53 of every name server that a zone names, and sources of 127.0.0.1, from which nothing
 * can leave the machine.
 */
export function baseConf(server: LabServer, paths: LabServerPaths): string {
  return [
    `// ${server.name} of the lab, besides the managed zones: yours to edit.`,
    'options {',
    `\tdirectory "${paths.directory}";`,
    '\tpid-file "named.pid";',
    '\tsession-keyfile none;',
    `\tlisten-on port ${server.dns.port} { ${LAB_ADDRESS}; };`,
    '\tlisten-on-v6 { none; };',
    `\tquery-source address ${LAB_ADDRESS};`,
    `\ttransfer-source ${LAB_ADDRESS};`,
    `\tnotify-source ${LAB_ADDRESS};`,
    '\tnotify explicit;',
    '\tallow-query { "lab"; };',
    '\trecursion no;',
    '\tdnssec-validation no;',
    '\tquerylog no;',
    '\tmax-cache-size 2M;',
    '};',
    '',
    'controls {',
    `\tinet ${LAB_ADDRESS} port ${server.control.port} allow { "lab"; } keys { "rndc"; };`,
    '};',
    '',
    'statistics-channels {',
    `\tinet ${LAB_ADDRESS} port ${server.statistics.port} allow { "lab"; };`,
    '};',
    '',
    'logging {',
    '\tchannel "lab" {',
    `\t\tfile "${paths.log}" versions 1 size ${LOG_SIZE_MAX};`,
    '\t\tprint-time iso8601-utc;',
    '\t\tprint-category yes;',
    '\t\tprint-severity yes;',
    '\t\tseverity info;',
    '\t};',
    '\tcategory default { "lab"; };',
    '};',
    '',
  ].join('\n')
}
