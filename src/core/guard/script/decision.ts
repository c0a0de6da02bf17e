import { ANSWERS, BOOT_TABLE, OWN_STANDINGS, WATCH_TABLE } from '../table.ts'

/** The tables as shell functions: one line for each row, so that the script can't decide otherwise than the code. */
export function printDecisions(): string {
  const boot = OWN_STANDINGS.flatMap(own =>
    ANSWERS.map(answer => {
      const { role, code } = BOOT_TABLE[own][answer]
      return `    ${own}/${answer}) echo "${role} ${code}" ;;`
    }),
  )
  const watch = ANSWERS.map(answer => {
    const { action, code } = WATCH_TABLE[answer]
    return `    ${answer}) echo "${action} ${code}" ;;`
  })
  return [
    '# The decision tables: own standing and heaviest answer give role and code; for a running active, what it does.',
    'decide_boot() {',
    '  case $1/$2 in',
    ...boot,
    '  esac',
    '}',
    '',
    'decide_watch() {',
    '  case $1 in',
    ...watch,
    '  esac',
    '}',
    '',
    '# Of several answers the heaviest counts; nobody asked is nobody heard.',
    'heaviest() {',
    `  for answer in ${ANSWERS.join(' ')}; do`,
    '    case $1 in *" $answer "*) echo "$answer"; return ;; esac',
    '  done',
    '  echo silent',
    '}',
    '',
  ].join('\n')
}
