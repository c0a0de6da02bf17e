/** Lines as `diff -u` prints them, from the first `@@` on. */
export type LineDiff = { readonly lines: readonly string[]; readonly linesLeftOut: number }

const LINES_SHOWN_MAX = 200
/** Lines around a change that show where it is. */
const CONTEXT_LINES = 3
/** Beyond so many lines that go or come, all of the one text is shown as removed and all of the other as added. */
const EDITS_MAX = 2_000

/** What turns `before` into `after`. */
export async function unifiedDiff(before: string, after: string): Promise<LineDiff> {
  const lines = (await align(before, after)) ?? replaceAll(before, after)
  return { lines: lines.slice(0, LINES_SHOWN_MAX), linesLeftOut: Math.max(0, lines.length - LINES_SHOWN_MAX) }
}

async function align(before: string, after: string): Promise<readonly string[] | undefined> {
  // Only here, because no other command needs it.
  const { createTwoFilesPatch, OMIT_HEADERS } = await import('diff')
  const options = { context: CONTEXT_LINES, maxEditLength: EDITS_MAX, headerOptions: OMIT_HEADERS }
  const patch = createTwoFilesPatch('', '', before, after, undefined, undefined, options)
  if (patch === undefined) return undefined
  return patch.trim() === '' ? [] : linesOf(patch)
}

function replaceAll(before: string, after: string): readonly string[] {
  const [old, next] = [linesOf(before), linesOf(after)]
  return [
    `@@ -1,${old.length} +1,${next.length} @@`,
    ...old.map(line => `-${line}`),
    ...next.map(line => `+${line}`),
  ]
}

function linesOf(text: string): readonly string[] {
  return text.replace(/\n$/, '').split('\n')
}
