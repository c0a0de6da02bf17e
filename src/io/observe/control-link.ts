import type { Failure, Result, SharedKey } from '../../core/base/index.ts'
import type { Control, ControlTarget } from '../net/index.ts'

/** What a control link needs to find the key that named goes by. */
export type ControlKeys = {
  /** The fleet folder's own. */
  readonly key: SharedKey
  /** Those that named may still have, asked for only when it does not take ours. */
  readonly former: () => Promise<readonly SharedKey[]>
  readonly open: (key: SharedKey) => Promise<Result<Control, Failure>>
}

/**
 * A control connection that outlives a change of its key: whenever named does not accept the key, the others that it
 * may have are tried. `rndc.not-accepted` means that nothing was carried out, so the command may be given again.
 */
export async function openControlLink(keys: ControlKeys): Promise<Result<Control, Failure>> {
  const opened = await openAny(keys)
  if (!opened.ok) return opened
  let connection = opened.value
  let ended = false
  const control: Control = {
    get target(): ControlTarget {
      return connection.target
    },
    async ask(command, deadlineMs) {
      const answer = await connection.ask(command, deadlineMs)
      if (answer.ok || answer.error.code !== 'rndc.not-accepted' || ended) return answer
      const again = await openAny(keys)
      if (!again.ok) return answer
      connection.end()
      connection = again.value
      return connection.ask(command, deadlineMs)
    },
    livesMs: () => connection.livesMs(),
    end() {
      ended = true
      connection.end()
    },
  }
  return { ok: true, value: control }
}

async function openAny({ key, former, open }: ControlKeys): Promise<Result<Control, Failure>> {
  const opened = await open(key)
  if (opened.ok || opened.error.code !== 'rndc.not-accepted') return opened
  for (const candidate of await former()) {
    const other = await open(candidate)
    if (other.ok) return other
  }
  return opened
}
