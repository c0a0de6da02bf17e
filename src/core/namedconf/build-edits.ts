import type { Edit } from './edits.ts'
import {
  beginsLine,
  indentationAt,
  indentationUnit,
  indentLines,
  lineStart,
  restOfLine,
} from './indentation.ts'
import { parse } from './parse.ts'
import { findStatement, keywordOf } from './read.ts'
import type { Block, ConfFile, Part, Statement } from './tree.ts'

/** What can hold statements: a file, or braces. */
export type Holder = ConfFile | Block

/** Adds a statement at the end, on a line of its own where its siblings have one, indented as they are. */
export function appendStatement(holder: Holder, content: string): Edit {
  const last = holder.statements.at(-1)
  if (last !== undefined) return insertAfter(last, content)
  return holder.kind === 'file' ? appendToEmptyFile(holder, content) : appendToEmptyBlock(holder, content)
}

/** As `appendStatement`, but only when nothing there begins with the same keyword. */
export function appendIfAbsent(holder: Holder, content: string): Edit | undefined {
  const [statement] = parse(content).statements
  const keyword = statement === undefined ? undefined : keywordOf(statement)
  const present = keyword !== undefined && findStatement(holder.statements, keyword) !== undefined
  return present ? undefined : appendStatement(holder, content)
}

/**
 * Gives an option its value, be it there already or not: `setOption(block, { keyword: 'type', value:
 * 'secondary' })`.
 */
export function setOption(
  holder: Holder,
  option: { readonly keyword: string; readonly value: string },
): Edit {
  const present = findStatement(holder.statements, option.keyword)
  return present === undefined
    ? appendStatement(holder, `${option.keyword} ${option.value};`)
    : replaceValue(present, option.value)
}

/** Adds a statement after another one; a comment that ends the other's line stays with it. */
export function insertAfter(sibling: Statement, content: string): Edit {
  const { text } = sibling.source
  if (!beginsLine(text, sibling.start)) return insertion(sibling.end, ` ${content}`)
  const indentation = indentationAt(text, sibling.start)
  const offset = restOfLine(text, sibling.end) ?? sibling.end
  const before = offset > sibling.end && text[offset - 1] === '\r' ? offset - 1 : offset
  return insertion(before, `${lineBreak(text)}${indentation}${indentLines(content, indentation)}`)
}

/** Adds a statement before another one, and so after the comments that stand above it. */
export function insertBefore(sibling: Statement, content: string): Edit {
  const { text } = sibling.source
  if (!beginsLine(text, sibling.start)) return insertion(sibling.start, `${content} `)
  const indentation = indentationAt(text, sibling.start)
  return insertion(sibling.start, `${indentLines(content, indentation)}${lineBreak(text)}${indentation}`)
}

/** Takes a statement away: with its line, and the comment that ends it, when it has the line for itself. */
export function removeStatement(statement: Statement): Edit {
  const { text } = statement.source
  const end = restOfLine(text, statement.end)
  if (end !== undefined && beginsLine(text, statement.start)) {
    const start = lineStart(text, statement.start)
    return { offset: start, length: Math.min(end + 1, text.length) - start, content: '' }
  }
  const blanks = /[ \t]*$/.exec(text.slice(lineStart(text, statement.start), statement.start))?.[0] ?? ''
  const start = statement.start - blanks.length
  return { offset: start, length: statement.end - start, content: '' }
}

/** Puts another statement in the place of one. */
export function replaceStatement(statement: Statement, content: string): Edit {
  const indentation = indentationAt(statement.source.text, statement.start)
  const { start, end } = statement
  return { offset: start, length: end - start, content: indentLines(content, indentation) }
}

/** Puts a value in the place of all that stands between the keyword and the `;`, comments included. */
export function replaceValue(statement: Statement, content: string): Edit {
  const first = statement.parts[1]
  const last = statement.parts.at(-1)
  if (first === undefined || last === undefined) return insertion(last?.end ?? statement.start, ` ${content}`)
  const indentation = indentationAt(statement.source.text, statement.start)
  return {
    offset: first.start,
    length: last.end - first.start,
    content: indentLines(content, indentation),
  }
}

/** Puts something in the place of one word, string or block. */
export function replacePart(part: Part, content: string): Edit {
  return { offset: part.start, length: part.end - part.start, content }
}

function appendToEmptyFile(file: ConfFile, content: string): Edit {
  const { text } = file.source
  const apart = text === '' || text.endsWith('\n') ? '' : lineBreak(text)
  return insertion(text.length, `${apart}${content}${lineBreak(text)}`)
}

function appendToEmptyBlock(block: Block, content: string): Edit {
  const { text } = block.source
  const outer = indentationAt(text, block.start)
  const inner = `${outer}${indentationUnit(text)}`
  const line = `${inner}${indentLines(content, inner)}`
  const close = block.closed ? block.end - 1 : block.end
  if (block.closed && beginsLine(text, close) && lineStart(text, close) > block.start) {
    return insertion(lineStart(text, close), `${line}${lineBreak(text)}`)
  }
  return insertion(close, `${lineBreak(text)}${line}${lineBreak(text)}${outer}`)
}

function insertion(offset: number, content: string): Edit {
  return { offset, length: 0, content }
}

/** The line break the text uses. */
function lineBreak(text: string): string {
  const feed = text.indexOf('\n')
  return feed > 0 && text[feed - 1] === '\r' ? '\r\n' : '\n'
}
