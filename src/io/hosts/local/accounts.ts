import { readFile } from 'node:fs/promises'

/** A user of this machine, as far as permissions go. */
export type Account = {
  readonly uid: number
  readonly gid: number
  /** All groups it is a member of, `gid` among them. */
  readonly groups: ReadonlySet<number>
}

/**
 * Finds a user in `/etc/passwd` and its groups in `/etc/group` (passwd(5), group(5)). Users of a directory service
 * are not found: named's user is made by its package, and so is local.
 */
export async function findAccount(user: string): Promise<Account | undefined> {
  const [passwd, group] = await Promise.all([fieldsOf('/etc/passwd'), fieldsOf('/etc/group')])
  const fields = passwd.find(([name]) => name === user)
  if (fields === undefined) return undefined
  const gid = Number(fields[3])
  const others = group.filter(([, , , members]) => members?.split(',').includes(user))
  return { uid: Number(fields[2]), gid, groups: new Set([gid, ...others.map(([, , id]) => Number(id))]) }
}

/** The user this process runs as. */
export function ownAccount(): Account {
  const gid = process.getegid?.() ?? 0
  return { uid: process.geteuid?.() ?? 0, gid, groups: new Set([gid, ...(process.getgroups?.() ?? [])]) }
}

async function fieldsOf(file: string): Promise<string[][]> {
  const text = await readFile(file, 'utf8')
  return text.split('\n').map(line => line.split(':'))
}
