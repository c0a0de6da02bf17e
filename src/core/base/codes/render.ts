/** Codes of everything that can be said about render; each entry becomes a section of docs/codes.md. */
export const renderCodes = {} as const
