/** Codes of everything that can be said about dns; each entry becomes a section of docs/codes.md. */
export const dnsCodes = {} as const
