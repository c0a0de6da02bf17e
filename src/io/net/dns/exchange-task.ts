import { type Failure, fail, ok, type Result, type SharedKey } from '../../../core/base/index.ts'
import { type Message, readMessage, TsigConversation } from '../../../core/dns/index.ts'
import type { Endpoint } from '../endpoint.ts'
import { wholeSeconds } from '../statistics/whole-seconds.ts'
import type { BulkTask, Busy } from './ask-in-bulk.ts'
import { malformed, tsigFailure } from './dns-failure.ts'

/** One question of many whose answer is one message, read whole. */
export type ExchangeJob<Value> = {
  readonly key: SharedKey | undefined
  /** The question, unsigned. */
  request(id: number): Uint8Array
  finish(answer: Message): Result<Value, Failure> | Busy
}

export function exchangeTask<Value>(endpoint: Endpoint, job: ExchangeJob<Value>): BulkTask<Value> {
  let conversation: TsigConversation | undefined
  return {
    request: id => {
      const request = job.request(id)
      if (job.key !== undefined) conversation = new TsigConversation(job.key, request, wholeSeconds())
      return conversation?.request ?? request
    },
    accept: message => {
      const bare = conversation?.accept(message, wholeSeconds()) ?? ok(message)
      if (!bare.ok) return fail(tsigFailure(endpoint, bare.error))
      const answer = readMessage(bare.value)
      return answer.ok ? job.finish(answer.value) : fail(malformed(endpoint, answer.error))
    },
  }
}
