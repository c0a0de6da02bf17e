/** Put there by the build (`tsdown.config.ts`); from source there is none. */
declare const BATON_BUILD: string | undefined

/** Which code this is, as a digest of all of it; nothing when it runs from source, where it may change at any moment. */
export const BUILD = typeof BATON_BUILD === 'string' ? BATON_BUILD : undefined
