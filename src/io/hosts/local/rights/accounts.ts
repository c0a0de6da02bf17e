import { readFile } from 'node:fs/promises'

/** A user of this machine, as far as permissions go. */
export type Account = {
  readonly uid: number
  readonly gid: number
  /** All groups it is a member of, `gid` among them. */
  readonly groups: ReadonlySet<number>
  /** Modes do not bind it in writing: root has that right, and named, even as root, gives it up (CAP_DAC_OVERRIDE). */
  readonly overridesModes: boolean
}

/**
 * Finds a user, whom named is to run as, in `/etc/passwd` and its groups in `/etc/group` (passwd(5), group(5)). Users of a directory service
 * are not found: named's user is made by its package, and so is local.
 */
export async function findAccount(user: string): Promise<Account | undefined> {
  const [passwd, group] = await Promise.all([fieldsOf('/etc/passwd'), fieldsOf('/etc/group')])
  const fields = passwd.find(([name]) => name === user)
  if (fields === undefined) return undefined
  const gid = Number(fields[3])
  const others = group.filter(([, , , members]) => members?.split(',').includes(user))
  const groups = new Set([gid, ...others.map(([, , id]) => Number(id))])
  return { uid: Number(fields[2]), gid, groups, overridesModes: false }
}

/** The user this process runs as. */
export function ownAccount(): Account {
  const uid = process.geteuid?.() ?? 0
  const gid = process.getegid?.() ?? 0
  const groups = new Set([gid, ...(process.getgroups?.() ?? [])])
  return { uid, gid, groups, overridesModes: uid === 0 }
}

async function fieldsOf(file: string): Promise<string[][]> {
  const text = await readFile(file, 'utf8')
  return text.split('\n').map(line => line.split(':'))
}
