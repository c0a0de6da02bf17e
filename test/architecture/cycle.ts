/** A way that leads from a node back to itself, its first node repeated at the end; empty when there is none. */
export function findCycle(edges: ReadonlyMap<string, readonly string[]>): string[] {
  const finished = new Set<string>()
  const way: string[] = []
  const follow = (node: string): string[] => {
    if (way.includes(node)) return [...way.slice(way.indexOf(node)), node]
    if (finished.has(node)) return []
    way.push(node)
    for (const next of edges.get(node) ?? []) {
      const cycle = follow(next)
      if (cycle.length > 0) return cycle
    }
    way.pop()
    finished.add(node)
    return []
  }
  for (const node of edges.keys()) {
    const cycle = follow(node)
    if (cycle.length > 0) return cycle
  }
  return []
}
