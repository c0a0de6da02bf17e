/** Codes of everything that can be said about reaching servers; each entry becomes a section of docs/codes.md. */
export const netCodes = {
  'net.unreachable': {
    meaning: 'No connection to the server: it refused, or the network did not know the way.',
    remedy: 'See whether named runs and listens on that address and port: ss -lntup on the server.',
  },
  'net.timeout': {
    meaning:
      'The server did not answer in time. Of an update it is not known then whether it was done: it is never sent twice.',
    remedy: 'See whether named runs, is still loading zones, or a firewall drops what is sent to that port.',
  },
  'net.closed': {
    meaning: 'The server or the network closed the connection before the answer was whole.',
    remedy: 'Repeat it. When it stays so, the log of the server says why; tcp-clients may be used up.',
  },
  'net.aborted': {
    meaning: 'Baton stopped waiting because the operation was ended.',
    remedy: 'Nothing to do for the server; start the operation again when it is wanted.',
  },
  'net.too-many-in-flight': {
    meaning: 'All 65,536 message ids of one connection are waiting for answers.',
    remedy: 'The server has stopped answering on a connection that is open: see whether named hangs.',
  },
} as const
