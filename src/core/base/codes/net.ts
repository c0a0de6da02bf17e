/** Codes of everything that can be said about net; each entry becomes a section of docs/codes.md. */
export const netCodes = {} as const
