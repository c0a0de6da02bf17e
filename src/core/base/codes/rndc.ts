/** Codes of everything that can be said about rndc; each entry becomes a section of docs/codes.md. */
export const rndcCodes = {} as const
