/** Codes of everything that can be said about cli; each entry becomes a section of docs/codes.md. */
export const cliCodes = {} as const
