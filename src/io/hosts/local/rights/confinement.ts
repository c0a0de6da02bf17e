import { readFile } from 'node:fs/promises'

const APPARMOR_PROFILES = '/sys/kernel/security/apparmor/profiles'
const SELINUX_ENFORCE = '/sys/fs/selinux/enforce'

/**
 * What is known of AppArmor and SELinux confining named. Their rules by path and label are not evaluated: Debian's and
 * Ubuntu's profile, for one, lets named only read `/etc/bind`. Nothing when neither is active, or when we may not look.
 */
export async function readConfinement(): Promise<string | undefined> {
  const [profiles, enforce] = await Promise.all([textOf(APPARMOR_PROFILES), textOf(SELINUX_ENFORCE)])
  const profile = namedProfile(profiles ?? '')
  if (profile !== undefined)
    return `AppArmor confines named (profile ${profile}); see /etc/apparmor.d/usr.sbin.named for where it may write.`
  if (enforce?.trim() === '1')
    return 'SELinux is enforcing; `ls -Z` shows whether the folder has a label that named may write.'
  return undefined
}

/** A line is `/usr/sbin/named (enforce)`, or `named (enforce)` where profiles have names. */
export function namedProfile(profiles: string): string | undefined {
  return profiles.split('\n').find(line => /^(\S*\/)?named \(enforce\)$/.test(line))
}

function textOf(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined)
}
