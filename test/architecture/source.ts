import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import ts from 'typescript'

/** A TypeScript file of this project, parsed once for all the rules. */
export type SourceFile = {
  /** From the project's folder: `src/core/dns/message.ts`. */
  readonly path: string
  readonly text: string
  readonly tree: ts.SourceFile
  readonly imports: readonly Import[]
}

export type Import = {
  /** As it is written: `../base/index.ts`, `node:fs`, `zod`. */
  readonly specifier: string
  /** The file it means, from the project's folder, when it is one of ours. */
  readonly target: string | undefined
}

/** Every TypeScript file below a folder of the project, sorted by path. */
export function readSources(folder: string): SourceFile[] {
  return listFiles(folder)
    .filter(path => path.endsWith('.ts'))
    .map(readSource)
}

/** Every file below a folder of the project, sorted; a folder that is not there has none. */
export function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .sort()
}

/** The folder by which the rules know a file: `core/dns` for `src/core/dns/…`. */
export function folderOf(path: string): string {
  return path.split('/').slice(1, 3).join('/')
}

function readSource(path: string): SourceFile {
  const text = readFileSync(path, 'utf8')
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true)
  const imports = findSpecifiers(tree).map(specifier => ({
    specifier,
    target: specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : undefined,
  }))
  return { path, text, tree, imports }
}

/** What a file imports: static, re-exported, for types only and dynamic alike. */
function findSpecifiers(tree: ts.SourceFile): string[] {
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    const specifier = specifierOf(node)
    if (specifier !== undefined && ts.isStringLiteralLike(specifier)) found.push(specifier.text)
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return found
}

function specifierOf(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return node.argument.literal
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
    return node.arguments[0]
  return undefined
}
