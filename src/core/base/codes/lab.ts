/** Codes of everything that can be said about lab; each entry becomes a section of docs/codes.md. */
export const labCodes = {} as const
