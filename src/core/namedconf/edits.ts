import { invariant } from '../base/index.ts'

/** A change of a text, as data: the `length` UTF-16 units from `offset` on become `content`. */
export type Edit = { readonly offset: number; readonly length: number; readonly content: string }

/** Sorted by offset; edits at one offset keep their order, and those that only insert come first. */
export function sortEdits(edits: readonly Edit[]): Edit[] {
  return [...edits].sort((left, right) => left.offset - right.offset || reach(left) - reach(right))
}

/**
 * All edits applied at once; offsets are those of `text`. Several may insert at one place, and are inserted
 * in their order. Edits that overlap or lie outside the text are a defect of whoever made them.
 */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const pieces: string[] = []
  let from = 0
  for (const edit of sortEdits(edits)) {
    const end = edit.offset + edit.length
    invariant(edit.offset >= from && edit.length >= 0 && end <= text.length, 'edits lie in their text, apart')
    pieces.push(text.slice(from, edit.offset), edit.content)
    from = end
  }
  pieces.push(text.slice(from))
  return pieces.join('')
}

function reach(edit: Edit): number {
  return edit.length === 0 ? 0 : 1
}
