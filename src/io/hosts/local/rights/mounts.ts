import { readFile } from 'node:fs/promises'

/** A mount point and whether anything can be written below it. */
export type Mount = { readonly point: string; readonly readOnly: boolean }

/** The mounts that this process sees (proc_pid_mountinfo(5)); none where there is no /proc. */
export async function readMounts(): Promise<readonly Mount[]> {
  const text = await readFile('/proc/self/mountinfo', 'utf8').catch(() => '')
  return parseMounts(text)
}

/** Fields 5 and 6 are the mount point, with blanks as `\040`, and its options; those of the file system come last. */
export function parseMounts(text: string): readonly Mount[] {
  return text
    .split('\n')
    .map(line => line.split(' '))
    .filter(fields => fields.length > 9)
    .map(fields => ({
      point: unescapeOctal(fields[4] ?? ''),
      readOnly: isReadOnly(fields[5] ?? '') || isReadOnly(fields.at(-1) ?? ''),
    }))
}

/** The mount a real path (no links in it) is on: the deepest, and of equals the latest, which covers the others. */
export function mountOf(mounts: readonly Mount[], path: string): Mount | undefined {
  return mounts
    .filter(({ point }) => point === '/' || path === point || path.startsWith(`${point}/`))
    .reduce<Mount | undefined>(
      (best, mount) => (best === undefined || mount.point.length >= best.point.length ? mount : best),
      undefined,
    )
}

function isReadOnly(options: string): boolean {
  return options.split(',').includes('ro')
}

function unescapeOctal(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)))
}
