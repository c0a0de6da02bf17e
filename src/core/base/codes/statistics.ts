/** Codes of everything that can be said about the statistics channel; each entry becomes a section of docs/codes.md. */
export const statisticsCodes = {
  'statistics.cannot-connect': {
    meaning: 'Nothing accepted a connection at the address and port of the statistics channel.',
    remedy:
      'Look whether named is running there, whether it has a "statistics-channels" statement for this address and port, and whether a firewall is in between.',
  },
  'statistics.deadline': {
    meaning: 'The statistics channel took the question, but its answer was not whole in time.',
    remedy:
      'Look what keeps named busy; it answers nothing while it takes a new configuration. Then ask again.',
  },
  'statistics.cut-off': {
    meaning:
      'The statistics channel closed the connection before its answer was whole: named ended, or its "allow" leaves this machine out.',
    remedy: 'Look whether named is still running, and at the "allow" of its "statistics-channels" statement.',
  },
  'statistics.not-named': {
    meaning:
      "What answered at the address and port of the statistics channel did not send named's zone statistics as JSON.",
    remedy:
      'Look what listens there. If it is named, look whether it was built with JSON support ("named -V" names json-c) and which release it is.',
  },
  'statistics.too-large': {
    meaning: 'The answer of the statistics channel is larger than Baton reads.',
    remedy: 'Set "zone-statistics terse" on the server: Baton needs no counters.',
  },
} as const
