import { bodyOf, keywordOf, type Statement } from '../../namedconf/index.ts'

/** Whether any of the statements, or what is in their braces, is a `secret`: such a file is shown to nobody. */
export function holdsSecret(statements: readonly Statement[]): boolean {
  return statements.some(statement => keywordOf(statement) === 'secret' || holdsSecret(bodyOf(statement)))
}
