import type {
  GuardInstallation,
  GuardInstallDocument,
  GuardStatus,
  GuardStatusDocument,
  GuardTestDocument,
  GuardTrial,
} from '../../contract/index.ts'
import { type Finding, findingLines } from './layout/finding.ts'
import { EMPTY_LINE, type Line, line, type Piece, tell } from './layout/line.ts'
import { type Column, layTable } from './layout/table.ts'
import { printDuration } from './layout/time.ts'
import { wrap } from './layout/wrap.ts'
import { problemLines } from './problems.ts'

const STATUS_COLUMNS: readonly Column[] = [
  { heading: 'server', align: 'left', worth: 6 },
  { heading: 'script', align: 'left', worth: 5 },
  { heading: 'systemd', align: 'left', worth: 4 },
  { heading: 'watched', align: 'left', worth: 2 },
  { heading: 'last said', align: 'left', worth: 3 },
  { heading: 'when', align: 'left', worth: 1 },
]

/** Every peer with its guard's place and its last word; then what is wrong with it. */
export function guardStatusLines({ servers, well }: GuardStatusDocument, width: number): readonly Line[] {
  const rows = servers.flatMap(statusRows)
  const findings = servers.flatMap(({ server, findings: own }) =>
    own.map(({ severity, ...finding }): Finding => {
      const tone = severity === 'problem' ? 'bad' : 'warning'
      return { word: severity, tone, subject: server, frame: [], ...finding }
    }),
  )
  return [
    ...layTable({ columns: STATUS_COLUMNS, rows }, width),
    EMPTY_LINE,
    ...findingLines(findings, width),
    ...(well
      ? [
          line(
            servers.length === 1 ? 'one guard in its place' : `${servers.length} guards in their places`,
            'good',
          ),
        ]
      : []),
  ]
}

/** A row for each zone set that the guard spoke of, or one without. */
function statusRows(status: GuardStatus): readonly (readonly Piece[])[] {
  const { server, script, units, watchedAgoMs, decisions } = status
  const place = [
    tell(server),
    tell(script, script === 'current' ? 'plain' : 'bad'),
    tell(
      units === 'no-systemd' ? 'none' : units,
      ['current', 'no-systemd'].includes(units) ? 'plain' : 'bad',
    ),
    tell(watchedAgoMs === null ? 'never' : `${printDuration(watchedAgoMs)} ago`),
  ]
  if (decisions.length === 0) return [[...place, tell('nothing yet'), tell('-')]]
  return decisions.map(({ mode, outcome, code, agoMs }) => [
    ...place,
    tell(`${mode}: ${outcome}, ${code}`, outcome === 'unsafe' ? 'bad' : 'plain'),
    tell(`${printDuration(agoMs)} ago`),
  ])
}

const TEST_COLUMNS: readonly Column[] = [
  { heading: 'server', align: 'left', worth: 6 },
  { heading: 'set', align: 'left', worth: 1 },
  { heading: 'should be', align: 'left', worth: 4 },
  { heading: 'would start', align: 'left', worth: 5 },
  { heading: 'heard', align: 'left', worth: 3 },
  { heading: 'took', align: 'right', worth: 2 },
]

/** Every peer with the role in which it would start, and below it, why. */
export function guardTestLines(
  { trials, problems, well }: GuardTestDocument,
  width: number,
): readonly Line[] {
  const answers = new Map(
    trials.flatMap(({ heard }) => heard.map(({ answer, meaning }) => [answer, meaning])),
  )
  return [
    ...layTable({ columns: TEST_COLUMNS, rows: trials.map(trialRow) }, width),
    ...[...answers].flatMap(([answer, meaning]) =>
      wrap([tell(`${answer}: ${meaning}`, 'faint')], { width, hang: 2 }),
    ),
    ...([...answers.values()].some(meaning => /\bN\b/.test(meaning))
      ? [line('N is the server’s own term', 'faint')]
      : []),
    EMPTY_LINE,
    ...findingLines(trials.map(trialFinding), width),
    ...problemLines(problems, new Map(), width),
    line(
      well ? 'every peer would start as it should' : 'not every peer would start as it should',
      well ? 'good' : 'bad',
    ),
  ]
}

function trialRow({ server, set, role, would, heard, elapsedMs }: GuardTrial): readonly Piece[] {
  const said = heard.map(each => `${each.server} ${each.answer}`).join(', ')
  return [
    tell(server),
    tell(set),
    tell(role),
    tell(would, role === would ? 'good' : 'bad'),
    tell(said === '' ? 'nobody' : said),
    tell(printDuration(elapsedMs)),
  ]
}

function trialFinding({ server, role, would, code, meaning, remedy }: GuardTrial): Finding {
  const right = role === would
  return {
    word: right ? 'right' : 'problem',
    tone: right ? 'good' : 'bad',
    code,
    subject: `${server} as ${would}`,
    because: meaning,
    remedy: right ? undefined : remedy,
    frame: [],
  }
}

/** The files and the commands, server by server, to be copied as they are. */
export function guardInstallLines({ servers }: GuardInstallDocument, width: number): readonly Line[] {
  return servers.flatMap((server, index) => [
    ...(index === 0 ? [] : [EMPTY_LINE]),
    ...installationLines(server, width),
  ])
}

function installationLines(installation: GuardInstallation, width: number): readonly Line[] {
  const { server, startedBy, files, exposed, written, obstacle, commands } = installation
  const next =
    startedBy === 'script'
      ? 'systemd does not run here. Let the script that starts named run the first of these, and cron the second:'
      : `${written ? 'Written. ' : ''}As root on ${server}, so that it counts:`
  return [
    line(server, 'strong'),
    ...exposed.map(path => [tell('owner  '.padEnd(9), 'warning'), tell(path)]),
    ...files.flatMap(({ path, change, content }) => [
      [tell(`${written ? 'there' : change}  `.padEnd(9), written ? 'good' : 'warning'), tell(path)],
      ...(written
        ? []
        : content
            .trimEnd()
            .split('\n')
            .map(text => line(`  ${text}`, 'faint'))),
    ]),
    ...(obstacle === null
      ? []
      : wrap([tell(`Baton may not write to ${obstacle}`, 'warning')], { width, hang: 2 })),
    ...wrap([tell(next)], { width, hang: 2 }),
    ...commands.map(command => line(`  ${command}`)),
  ]
}
