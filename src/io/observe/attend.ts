/** Told which server is being asked, and when it has answered or was given up: for whoever shows who is waited for. */
export type LookWatch = {
  readonly began: (server: string) => void
  readonly ended: (server: string) => void
}

/** Looks at a server under the eyes of whoever watches. */
export async function attend<Seen>(
  { lookWatch }: { readonly lookWatch: LookWatch | undefined },
  server: string,
  look: () => Promise<Seen>,
): Promise<Seen> {
  lookWatch?.began(server)
  try {
    return await look()
  } finally {
    lookWatch?.ended(server)
  }
}
