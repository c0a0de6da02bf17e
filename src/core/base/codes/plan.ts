/** Codes of everything that can be said about plan; each entry becomes a section of docs/codes.md. */
export const planCodes = {} as const
