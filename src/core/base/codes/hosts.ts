/** Codes of everything that can be said about hosts; each entry becomes a section of docs/codes.md. */
export const hostsCodes = {} as const
