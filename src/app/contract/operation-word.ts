/** What a run does, in one word. */
export type OperationWord = 'switchover' | 'failover' | 'rejoin' | 'resolve' | 'push' | 'peer-remove'
