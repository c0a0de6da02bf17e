/** `path` as seen from the absolute `folder`. */
export function absolutePath(folder: string, path: string): string {
  return path.startsWith('/') ? path : `${folder}/${path}`
}

/** The same with `.`, `..` and doubled slashes resolved, as POSIX names files; links are not followed. */
export function joinPath(folder: string, path: string): string {
  const whole = absolutePath(folder, path)
  if (!whole.includes('/.') && !whole.includes('//') && !whole.endsWith('/')) return whole
  const parts: string[] = []
  for (const part of whole.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return `/${parts.join('/')}`
}
