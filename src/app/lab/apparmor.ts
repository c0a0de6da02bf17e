import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where the kernel and Debian's and Ubuntu's policy say what AppArmor confines. */
export type AppArmorPlaces = {
  /** `Y` when the kernel enforces profiles at all. */
  readonly enabled: string
  /** The loaded profiles with their modes; for root's eyes alone. */
  readonly profiles: string
  /** The folder of profile texts that are loaded at boot, with `disable/` for those that are not. */
  readonly policy: string
}

export const APPARMOR_PLACES: AppArmorPlaces = {
  enabled: '/sys/module/apparmor/parameters/enabled',
  profiles: '/sys/kernel/security/apparmor/profiles',
  policy: '/etc/apparmor.d',
}

/**
 * Whether AppArmor may keep the system's `named` out of the lab's folder. Debian's profile lets it write to
 * `/var/cache/bind` and `/var/lib/bind` only, and attaches by the path `/usr/sbin/named`. Without root the loaded
 * profiles can't be read; then a profile that is installed and not disabled counts as enforced.
 */
export function mayBeConfined(places: AppArmorPlaces): boolean {
  if (!(readIfAllowed(places.enabled) ?? '').startsWith('Y')) return false
  const profiles = readIfAllowed(places.profiles)
  if (profiles !== undefined && profiles !== '') return /^(\S*\/)?named \(enforce\)$/m.test(profiles)
  const isInstalled = existsSync(join(places.policy, 'usr.sbin.named'))
  return isInstalled && !existsSync(join(places.policy, 'disable', 'usr.sbin.named'))
}

/** Missing and unreadable come to the same here: nothing is known from this file. */
function readIfAllowed(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return undefined
  }
}
