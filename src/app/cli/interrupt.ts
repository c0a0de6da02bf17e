const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

export type StopListener = {
  /** Called once: whoever asks first asks kindly. */
  readonly first: () => void
  readonly again: () => void
}

/** Ctrl-C, a service manager's SIGTERM and a closed terminal mean the same. Answers how to stop listening. */
export function listenForStop({ first, again }: StopListener): () => void {
  let asked = false
  const hear = () => {
    const tell = asked ? again : first
    asked = true
    tell()
  }
  for (const signal of SIGNALS) process.on(signal, hear)
  return () => {
    for (const signal of SIGNALS) process.off(signal, hear)
  }
}
