/** Codes of everything that can be said about engine; each entry becomes a section of docs/codes.md. */
export const engineCodes = {} as const
