import { fail, ok } from '../../base/index.ts'
import { diagnose } from '../diagnose.ts'
import { bodyOf, findStatements, keywordOf, lowerCase, textOf, valuesOf } from '../read.ts'
import type { Statement } from '../tree.ts'
import { type MatchElement, readMatchList } from './match-list.ts'
import { type Reading, readEach } from './reading.ts'
import { readPairs, readPort } from './settings.ts'

const CONTROL_PORT = 953
const STATISTICS_PORT = 80
const CHANNEL_SETTINGS: ReadonlySet<string> = new Set(['port'])

/** Where named listens: `inet ( <address> | * ) [ port ( <integer> | * ) ]`. */
type Listening = {
  readonly statement: Statement
  /** `*` for every address. */
  readonly address: string
  readonly port: number
  readonly allow: readonly MatchElement[]
}

/**
 * `controls { inet … [ port … ] allow { … } [ keys { <string>; … } ] [ read-only <boolean> ]; … };`
 *
 * https://bind9.readthedocs.io/en/stable/reference.html#namedconf-statement-controls
 */
export type ControlChannel = Listening & {
  /**
   * Names of the keys it takes commands with; empty when none are named, and named's own `rndc.key` holds.
   */
  readonly keys: readonly string[]
}

/**
 * `statistics-channels { inet … [ port … ] [ allow { … } ]; … };`
 *
 * https://bind9.readthedocs.io/en/stable/reference.html#namedconf-statement-statistics-channels
 */
export type StatisticsChannel = Listening

/**
 * The control channels that rndc can reach; those on Unix sockets, which no release since 9.18 opens, are
 * left out.
 */
export function controlsOf(statements: readonly Statement[]): Reading<readonly ControlChannel[]> {
  return readEach(channelsOf(statements, 'controls'), statement => {
    const listening = readListening(statement, CONTROL_PORT)
    if (!listening.ok) return listening
    const keys = blockAfter(statement, 'keys').flatMap(key => key.parts.slice(0, 1).map(textOf))
    return ok({ ...listening.value, keys })
  })
}

export function statisticsChannelsOf(
  statements: readonly Statement[],
): Reading<readonly StatisticsChannel[]> {
  return readEach(channelsOf(statements, 'statistics-channels'), statement =>
    readListening(statement, STATISTICS_PORT),
  )
}

function channelsOf(statements: readonly Statement[], keyword: string): Statement[] {
  return findStatements(statements, keyword)
    .flatMap(bodyOf)
    .filter(statement => keywordOf(statement) === 'inet')
}

function readListening(statement: Statement, defaultPort: number): Reading<Listening> {
  const { pairs, rest } = readPairs(valuesOf(statement), CHANNEL_SETTINGS)
  const text = pairs.get('port')
  const port = text === undefined || text === '*' ? defaultPort : readPort(text)
  const [address] = rest
  if (address === undefined || port === undefined) {
    const message = 'A channel needs an address, and a port from 0 to 65535.'
    return fail([diagnose(statement, { code: 'namedconf.address', message })])
  }
  return ok({ statement, address, port, allow: readMatchList(blockAfter(statement, 'allow')) })
}

/** What stands in the braces that follow a word. */
function blockAfter(statement: Statement, word: string): readonly Statement[] {
  const index = statement.parts.findIndex(part => part.kind === 'word' && lowerCase(textOf(part)) === word)
  const block = index === -1 ? undefined : statement.parts[index + 1]
  return block?.kind === 'block' ? block.statements : []
}
