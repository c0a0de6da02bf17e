import type { HostCommand } from '../../host.ts'

/** Loading shows the serial; whether the content is good is not the question here. */
const UNCHECKED = [
  '-i',
  'none',
  '-k',
  'ignore',
  '-m',
  'ignore',
  '-M',
  'ignore',
  '-n',
  'ignore',
  '-r',
  'ignore',
]

/** Program and arguments of an allowed command, to be run without a shell. A path never begins with a dash. */
export function commandLine(command: HostCommand): readonly [program: string, ...args: string[]] {
  switch (command.kind) {
    case 'named-checkconf':
      return ['named-checkconf', ...(command.zones ? ['-z', '-j'] : []), command.file]
    case 'named-compilezone': {
      const { format, journal, folder, zone, file, into } = command
      const output = into === undefined ? ['-o', '/dev/null'] : ['-F', 'raw', '-o', into]
      const place = ['-f', format, '-J', journal, '-w', folder, ...output]
      return ['named-compilezone', ...UNCHECKED, '-S', 'ignore', ...place, zone, file]
    }
    case 'named-journalprint':
      return ['named-journalprint', command.file]
    case 'guard':
      return ['sh', command.script, ...command.action.map(String)]
  }
}
