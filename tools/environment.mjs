import process from 'node:process'

/**
 * Leaves out what costs every start of Node and serves nobody once everything is installed: Node 20 reads the file that
 * `NODE_EXTRA_CA_CERTS` names each time, which can take longer than all the rest of its start, and nothing here speaks TLS.
 */
export function leaveOutCertificates() {
  delete process.env['NODE_EXTRA_CA_CERTS']
}
