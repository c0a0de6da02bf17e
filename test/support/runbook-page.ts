/** What a runbook page makes happen, in its order: something in the world, or a command that a person types. */
export type RunbookStep = RunbookEvent | RunbookCommand

/** `<!-- lab: kill ns1 -->`: nobody sees it on the page, and the test carries it out. */
export type RunbookEvent = {
  readonly kind: 'event'
  readonly line: number
  readonly words: readonly string[]
}

/** A line of an `sh` block. */
export type RunbookCommand = {
  readonly kind: 'command'
  readonly line: number
  /** The server on which it is typed, by its prompt `ns1#`; nothing where Baton's operator sits. */
  readonly server: string | undefined
  readonly words: readonly string[]
  /** `<!-- exit: 4 -->` before the block; 0 unless said. */
  readonly exit: number
  /** The lines of the block without a language that follows: each is printed, in this order, `…` being anything. */
  readonly prints: readonly string[]
}

type Fence = { readonly language: string; readonly line: number; readonly lines: readonly string[] }

type Part = Fence | { readonly comment: string; readonly line: number }

/** Reads the steps of a page. A comment or a block that is none of the above is an error, which names its line. */
export function readRunbook(text: string): readonly RunbookStep[] {
  const steps: RunbookStep[] = []
  let exit: { readonly code: number; readonly line: number } | undefined
  for (const part of partsOf(text)) {
    if ('comment' in part) {
      const [, kind, rest = ''] = /^(lab|exit): (.+)$/.exec(part.comment) ?? []
      if (kind === 'lab') steps.push({ kind: 'event', line: part.line, words: splitWords(rest) })
      else if (kind === 'exit' && /^\d+$/.test(rest)) exit = { code: Number(rest), line: part.line }
      else throw new Error(`line ${part.line}: nobody knows the comment "${part.comment}"`)
    } else if (part.language === 'sh') {
      const code = exit?.code ?? 0
      steps.push(...part.lines.map((line, index) => readCommand(line, part.line + 1 + index, code)))
      exit = undefined
    } else if (part.language === '') {
      const last = steps.at(-1)
      if (last?.kind !== 'command') throw new Error(`line ${part.line}: no command prints this`)
      steps.splice(-1, 1, { ...last, prints: part.lines })
    } else throw new Error(`line ${part.line}: a block of ${part.language} is not run`)
  }
  if (exit !== undefined) throw new Error(`line ${exit.line}: no command exits with this`)
  return steps
}

function partsOf(text: string): readonly Part[] {
  const parts: Part[] = []
  let open: { language: string; line: number; lines: string[] } | undefined
  for (const [index, whole] of text.split('\n').entries()) {
    const line = whole.trim()
    if (line.startsWith('```')) {
      if (open === undefined) open = { language: line.slice(3), line: index + 1, lines: [] }
      else {
        parts.push(open)
        open = undefined
      }
    } else if (open !== undefined) open.lines.push(line)
    else if (line.includes('<!--')) {
      const [, comment] = /^<!-- (.+) -->$/.exec(line) ?? []
      if (comment === undefined) throw new Error(`line ${index + 1}: a comment has a line of its own`)
      parts.push({ comment, line: index + 1 })
    }
  }
  if (open !== undefined) throw new Error(`line ${open.line}: the block has no end`)
  return parts
}

function readCommand(text: string, line: number, exit: number): RunbookCommand {
  const { server, command = '' } = /^(?:(?<server>\w+)# )?(?<command>.*)$/.exec(text)?.groups ?? {}
  return { kind: 'command', line, server, words: splitWords(command), exit, prints: [] }
}

/** As a shell would, as far as double quotes; a `#` begins a remark. */
function splitWords(text: string): readonly string[] {
  const words = [...text.matchAll(/"([^"]*)"|(#.*)|(\S+)/g)]
  return words.flatMap(([, quoted, remark, bare]) => (remark === undefined ? [quoted ?? bare ?? ''] : []))
}

/** The expected lines that are not among what was printed, each looked for after the one before it. */
export function findUnprinted(prints: readonly string[], printed: string): readonly string[] {
  let rest = printed.split('\n').map(squeeze)
  return prints.filter(expected => {
    const pattern = new RegExp(`^${squeeze(expected).split('…').map(escapePattern).join('.*')}$`)
    const at = rest.findIndex(line => pattern.test(line))
    rest = rest.slice(at + 1)
    return at === -1
  })
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}

function squeeze(line: string): string {
  return line.trim().replace(/\s+/g, ' ')
}
