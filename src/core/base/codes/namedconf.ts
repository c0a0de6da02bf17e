/** Codes of everything that can be said about namedconf; each entry becomes a section of docs/codes.md. */
export const namedconfCodes = {} as const
