import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { folderOf, readSources } from './source.ts'
import { covers, nameRules } from './tables.ts'

const uses = readSources('src').flatMap(({ path, tree }) =>
  findUses(tree).map(({ name, line }) => ({ name, where: `${path}:${line}`, folder: folderOf(path) })),
)

describe('what needs no import', () => {
  it.each(nameRules)('$subject is used only where the table allows it', rule => {
    const offending = uses.filter(({ name, folder }) => name === rule.subject && !covers(rule, folder))
    expect(offending.map(({ where }) => where)).toEqual([])
  })
})

describe('exported functions', () => {
  it('have each a name of their own', () => {
    const places = new Map<string, string[]>()
    for (const { path, tree } of readSources('src'))
      for (const name of exportedFunctions(tree)) places.set(name, [...(places.get(name) ?? []), path])
    expect([...places].filter(([, paths]) => paths.length > 1)).toEqual([])
  })
})

function exportedFunctions(tree: ts.SourceFile): readonly string[] {
  return tree.statements.flatMap(statement => {
    if (!ts.isFunctionDeclaration(statement) || statement.name === undefined) return []
    const isExported = statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true
    return isExported ? [statement.name.text] : []
  })
}

type Use = { readonly name: string; readonly line: number }

/** Every use of a name that the file does not declare itself: `process` and `process.exit`, `Date.now`, `new Date()`. */
function findUses(tree: ts.SourceFile): Use[] {
  const declared = new Set<string>()
  const found: Use[] = []
  const visit = (node: ts.Node): void => {
    const local = declaredName(node)
    if (local !== undefined) declared.add(local)
    for (const name of namesUsed(node)) {
      found.push({ name, line: tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1 })
    }
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return found.filter(({ name }) => !declared.has(name.split('.')[0] ?? name))
}

/** Imports count as uses, since `randomBytes` comes by one; so only other declarations hide a global. */
function declaredName(node: ts.Node): string | undefined {
  const declares =
    ts.isVariableDeclaration(node) ||
    ts.isParameter(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isBindingElement(node)
  return declares && node.name !== undefined && ts.isIdentifier(node.name) ? node.name.text : undefined
}

function namesUsed(node: ts.Node): string[] {
  if (ts.isNewExpression(node) && ts.isIdentifier(node.expression)) {
    return node.arguments?.length ? [] : [`new ${node.expression.text}()`]
  }
  if (ts.isPropertyAccessExpression(node)) {
    return ts.isIdentifier(node.expression) ? [`${node.expression.text}.${node.name.text}`] : []
  }
  return ts.isIdentifier(node) && isReference(node) ? [node.text] : []
}

/** Whether an identifier stands for a value, rather than naming a property or a type's member. */
function isReference(node: ts.Identifier): boolean {
  const parent = node.parent
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node
  return !(
    ts.isPropertySignature(parent) ||
    ts.isPropertyDeclaration(parent) ||
    ts.isMethodSignature(parent) ||
    ts.isMethodDeclaration(parent) ||
    ts.isTypeReferenceNode(parent) ||
    ts.isLiteralTypeNode(parent)
  )
}
