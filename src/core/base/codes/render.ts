/** Codes of everything that can be said about render; each entry becomes a section of docs/codes.md. */
export const renderCodes = {
  'render.text-missing': {
    meaning: 'A file that the fleet names, or that such a file includes, was not read.',
    remedy: 'Check the path and that Baton may read the file.',
  },
  'render.stray-statement': {
    meaning:
      'A file of zone blocks holds something else, which would stand at the wrong place on the servers.',
    remedy:
      'Move keys, acls and policies to the shared file, options and logging to the base of each server.',
  },
  'render.zone-without-file': {
    meaning:
      'A managed zone names no file. A change of role makes the zone anew from its file, so zones that are not kept in files cannot take part.',
    remedy: 'Give the zone a file of its own, or take it out of the zones that Baton manages.',
  },
  'render.zone-type': {
    meaning:
      'A zone among the managed ones is not a primary zone. The operator writes the blocks of the active server; those of the others are derived.',
    remedy:
      'Write the zone as it is on the active server, or move it to the base of the servers that have it.',
  },
  'render.zone-class': {
    meaning: 'A managed zone is not of class IN.',
    remedy: 'Move the zone to the base of the servers that have it.',
  },
  'render.zone-name': {
    meaning: 'A zone statement names no domain.',
    remedy: 'Write the domain name as RFC 1035 does: labels of at most 63 bytes, 255 bytes in all.',
  },
  'render.zone-twice': {
    meaning:
      'The same zone stands twice in one view, or in two zone sets. named would refuse the configuration.',
    remedy: 'Keep one of the two blocks.',
  },
  'render.zone-is-marker': {
    meaning:
      'A managed zone has the name of a marker, which tells the role of a peer and is written by Baton.',
    remedy: 'Give the marker another name in the fleet file.',
  },
  'render.file-of-baton': {
    meaning:
      'A zone would write one of the files by which Baton and named know what the server is. named puts a zone where its file is said to be, and moves away what it finds there.',
    remedy: 'Give the zone a file elsewhere, in the folder of the other zones.',
  },
  'render.file-shared': {
    meaning:
      'Two zones write the same file, or one writes a journal where the other has its file. In the standby role every zone is written by named, and two writers destroy each other’s data.',
    remedy: 'Give each zone a file and a journal of its own.',
  },
  'render.file-template': {
    meaning:
      'The name of a zone’s file changes with the type of the zone, so the roles would not share their data.',
    remedy: 'Write the name of the file out.',
  },
  'render.option-unknown': {
    meaning: 'A zone block holds an option that no release of BIND knows in a zone.',
    remedy: 'Correct the spelling, or move the option to where named reads it.',
  },
  'render.option-misplaced': {
    meaning: 'A zone block holds an option that named refuses in a primary zone.',
    remedy: 'Remove the option; Baton writes what the other roles need.',
  },
  'render.option-obsolete': {
    meaning:
      'A zone block holds an option that does nothing, or does not exist, in the release a server runs. It is left out there.',
    remedy: 'Remove the option, or say in the fleet that the server runs another release.',
  },
  'render.option-unsupported': {
    meaning: 'A zone block uses something of named that Baton cannot carry from role to role.',
    remedy: 'Write the block without it, or take the zone out of the zones that Baton manages.',
  },
  'render.server-address': {
    meaning:
      'A zone block names an address to send from. The block is the same on every server, and few servers have the address.',
    remedy: 'Set the source address in the options of each server’s base.',
  },
  'render.inline-signing': {
    meaning:
      'A zone is signed beside its file (inline-signing). Its file and what it serves are two zones with two serials, and the copy on a standby would not be the one that can be signed again.',
    remedy: 'Let the zone take updates and set inline-signing to no, so that it is signed in place.',
  },
  'render.notify-off': {
    meaning:
      'A zone sends no notifications. The other servers learn of a change when they ask next, and a failover loses what they had not heard.',
    remedy: 'Remove the option, or set it to explicit: then only the servers of the fleet are told.',
  },
  'render.transfer-transport': {
    meaning:
      'A zone allows transfers over one transport or port alone, and the servers of the fleet use another.',
    remedy: 'Remove port and transport from allow-transfer.',
  },
  'render.update-address': {
    meaning:
      'A zone takes updates by address. Behind a standby the address is the standby’s own, so such updates only arrive when they are sent to the active server itself.',
    remedy: 'Sign the updates with a key, and name the key in allow-update or update-policy.',
  },
  'render.update-unsigned': {
    meaning:
      'A zone takes updates, but names no key for them. A standby forwards none, so clients must find the active server themselves.',
    remedy: 'Name a key in allow-update or update-policy.',
  },
  'render.key-unknown': {
    meaning: 'A zone names a key that neither the fleet, nor the shared file, nor a server’s base defines.',
    remedy: 'Add the key to the fleet, or correct its name.',
  },
  'render.acl-unknown': {
    meaning: 'A zone names an acl that neither the shared file nor a server’s base defines.',
    remedy: 'Define the acl in the shared file, or correct its name.',
  },
  'render.key-twice': {
    meaning:
      'A server’s base or the shared file defines a key of the fleet again. named would refuse the configuration.',
    remedy: 'Remove the key statement there: Baton writes the keys of the fleet.',
  },
  'render.base-holds-zone': {
    meaning:
      'The base of a server holds a zone that Baton manages. named would find it twice and refuse the configuration.',
    remedy: 'Remove the zone from the base.',
  },
  'render.base-views': {
    meaning:
      'The views of a server’s base are not those of the fleet. Once there is one view, every zone must be in one.',
    remedy: 'Give base and fleet the same views, in the same order.',
  },
  'render.base-list': {
    meaning:
      'The base of a server, or the shared file, defines a list with a name that Baton gives to its own.',
    remedy: 'Rename the list; names that begin with baton- are Baton’s.',
  },
  'render.base-directory': {
    meaning:
      'The base of a server sets another working directory than the fleet file says, so Baton would look for the zone files in the wrong place.',
    remedy: 'Make the two agree.',
  },
  'render.base-format': {
    meaning:
      'The base of a server sets another masterfile-format than the policy of the fleet, which Baton writes into every zone that does not say its own.',
    remedy: 'Set the policy to the format the files have, or remove the option from the base.',
  },
  'render.base-catalog': {
    meaning:
      'A peer takes zones from a catalog. named adds them as secondary zones, and they never become primary.',
    remedy: 'Leave the catalog to the secondaries.',
  },
  'render.zones-unread': {
    meaning:
      'A file of zones includes another that Baton has not read. Only the active reads that file, so no other server would have its zones.',
    remedy: 'Include each file by its own name, and see that it is there: wildcards are not followed.',
  },
  'render.include-kept': {
    meaning:
      'A file includes another that Baton has not read. The statement is kept, and the server reads its own file there.',
    remedy: 'Make sure that the file exists on every server, or copy its content.',
  },
  'render.state-unreadable': {
    meaning: 'The file baton/state of a peer is damaged, or of another version of Baton.',
    remedy: 'Compare the file with the other peers, then push the configuration again.',
  },
} as const
