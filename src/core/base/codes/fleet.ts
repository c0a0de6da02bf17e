/** Codes of everything that can be said about fleet; each entry becomes a section of docs/codes.md. */
export const fleetCodes = {} as const
