/** Codes of everything that can be said about the lab; each entry becomes a section of docs/codes.md. */
export const labCodes = {
  'lab.named-missing': {
    meaning: 'The lab runs real BIND servers, and no `named` program was found on this machine.',
    remedy:
      'Install it: `sudo apt-get install bind9 bind9-utils bind9-dnsutils`. Nothing of it needs to run as a service.',
  },
  'lab.plan': {
    meaning:
      'The lab cannot be laid out as asked: too many or too few servers or zones, or a name that does not fit.',
    remedy: 'Ask for a layout within the limits that the message states.',
  },
  'lab.folder-not-empty': {
    meaning: 'The folder holds files that the lab did not write, and the lab never overwrites those.',
    remedy: 'Choose a folder that is empty or does not exist yet.',
  },
  'lab.folder-not-ours': {
    meaning: 'The folder holds no lab: there is no readable `lab.json` in it.',
    remedy: 'Name the folder of a lab, or make one with `baton lab up`.',
  },
  'lab.exists': {
    meaning:
      'A stopped lab is in this folder already. Making a new one over it would destroy what is left of it.',
    remedy: '`baton lab up` starts the one that is there; or remove its folder first.',
  },
  'lab.running': {
    meaning: 'Servers of this lab are running.',
    remedy: 'Stop them first with `baton lab down`.',
  },
  'lab.not-running': {
    meaning: 'This needs a running server, and the server is stopped or hangs.',
    remedy:
      'Look with `baton lab list`; `baton lab mend` undoes what was broken, `baton lab up` starts what does not run.',
  },
  'lab.unknown-server': {
    meaning: 'The lab has no server of that name.',
    remedy: 'Use one of the names that `baton lab list` shows.',
  },
  'lab.unknown-zone': {
    meaning: 'The lab has no such zone, or the zone is not of the sort that this needs.',
    remedy: 'Use a zone of the lab; the ones that take updates are marked in its zones.conf.',
  },
  'lab.broken-already': {
    meaning: 'The same thing is broken already.',
    remedy: '`baton lab mend` undoes what was broken; or break something else.',
  },
  'lab.wrong-role': {
    meaning: 'The server is not in the role that this needs: a standby, or a secondary of the zone.',
    remedy: 'Look with `baton status` which server is active, and name another one.',
  },
  'lab.ports': {
    meaning: 'No free run of ports was found on 127.0.0.1 below those that the system hands out by itself.',
    remedy: 'Stop what occupies the ports from 20000 to 32767, an older lab for instance, and try again.',
  },
  'lab.port-taken': {
    meaning:
      'Another process already listens on a port of this lab server. Two `named` could share the port without an error, so the lab looks first.',
    remedy:
      'Stop the other process (`ss -lntup` shows it), or remove the lab and make it anew: it will find other ports.',
  },
  'lab.named-not-started': {
    meaning: 'The server ended at once, before it answered.',
    remedy:
      'Read the last lines of its log, which the message quotes; the log lies in the folder of the server.',
  },
  'lab.guard-forbids': {
    meaning:
      'The lab boots a peer as systemd would: its guard is asked first, and it ended without letting `named` start.',
    remedy:
      'Read `baton/guard.log` in the folder of the server, fix what it names, and start the server again with `baton lab up`.',
  },
  'lab.not-ready': {
    meaning: 'The server runs, but did not answer with all its zones loaded in time.',
    remedy:
      'Read its log. On a busy machine try fewer zones; otherwise a zone did not load, and the log says which.',
  },
  'lab.not-stopped': {
    meaning: 'A server is still there after it was asked to stop and then killed.',
    remedy:
      'Its process hangs in the kernel, most often on a disk. Look at it with `ps`, and stop the lab again later.',
  },
  'lab.file': {
    meaning: 'A file or folder of the lab could not be read or written.',
    remedy: 'Look at the free space and the permissions of the path in the message.',
  },
} as const
