/** Codes of everything that can be said about namedconf; each entry becomes a section of docs/codes.md. */
export const namedconfCodes = {
  'namedconf.missing-semicolon': {
    meaning:
      'A statement has no ";" at its end, so named reads what follows as part of it and refuses the file.',
    remedy: 'Put a ";" where the frame points. Closing braces need one too: "};".',
  },
  'namedconf.empty-statement': {
    meaning: 'There is a ";" with no statement before it. named refuses the file.',
    remedy: 'Remove the ";".',
  },
  'namedconf.missing-brace': {
    meaning: 'A "{" has no matching "}". Everything after it is read as being inside it.',
    remedy: 'Put a "};" at the end of the block that begins where the frame points.',
  },
  'namedconf.extra-brace': {
    meaning: 'There is a "}" that closes nothing. Often the block was closed too early, further up.',
    remedy: 'Remove the "}", or find the "};" above it that should not be there.',
  },
  'namedconf.unterminated-string': {
    meaning:
      'A string has no closing quote. Strings may run over lines, so named reads on to the next quote in the file.',
    remedy: 'Put a \'"\' at the end of the string. Inside a string, a quote is written \\".',
  },
  'namedconf.unterminated-comment': {
    meaning: 'A "/*" has no "*/" after it, so the rest of the file is a comment.',
    remedy: 'Put a "*/" at the end of the comment.',
  },
  'namedconf.no-keyword': {
    meaning: 'A statement must begin with the bare name of an option here, and this one does not.',
    remedy: 'Look for a ";" or "{" too many just before it, and take quotes off the option\'s name.',
  },
  'namedconf.byte-order-mark': {
    meaning: 'The file begins with a byte order mark, which named takes for part of the first word.',
    remedy: 'Save the file as UTF-8 without a byte order mark.',
  },
  'namedconf.too-deep': {
    meaning: 'Braces are nested more deeply than any configuration needs. What is inside was not read.',
    remedy: 'Look for a "{" that is repeated by mistake.',
  },
  'namedconf.more-errors': {
    meaning: 'The file has more errors than are shown.',
    remedy: 'Fix those shown and look again: the first one often caused the others.',
  },
  'namedconf.include-missing': {
    meaning:
      'An include names a file that is not there, or a pattern that matches none. named refuses to start or reload.',
    remedy:
      'Put the file in its place. A relative name starts at the directory option when that stands further up, and at the folder named was started in otherwise.',
  },
  'namedconf.include-name': {
    meaning: 'An include must be followed by one name in quotes that is not empty.',
    remedy: 'Write: include "/path/to/file.conf";',
  },
  'namedconf.include-cycle': {
    meaning:
      'A file includes itself, directly or through others. named opens it again and again until it has no files left.',
    remedy: 'Remove one of the includes.',
  },
  'namedconf.include-limit': {
    meaning: 'There are more includes, or more deeply nested ones, than can be followed.',
    remedy: 'Gather the included files in fewer ones.',
  },
  'namedconf.zone-name': {
    meaning: 'The name of a zone is no domain name.',
    remedy: 'Write the name as in: zone "example.com" { … };',
  },
  'namedconf.zone-type': {
    meaning: 'The type of a zone is not one that named knows.',
    remedy: 'Use primary, secondary, mirror, hint, stub, static-stub, forward, redirect or delegation-only.',
  },
  'namedconf.name-missing': {
    meaning: 'A statement that needs a name has none.',
    remedy: 'Write the name between the keyword and the "{".',
  },
  'namedconf.body-missing': {
    meaning: 'A statement that needs a block has none.',
    remedy: 'Write its options between "{" and "};".',
  },
  'namedconf.key-name': {
    meaning: 'The name of a key is no domain name, which TSIG needs it to be.',
    remedy: 'Write the name as in: key "transfer" { … };',
  },
  'namedconf.key-algorithm': {
    meaning: 'A key has no algorithm, or one that cannot be used here.',
    remedy:
      'Use hmac-sha256, or another HMAC algorithm in full length. "tsig-keygen NAME" prints a good key.',
  },
  'namedconf.key-secret': {
    meaning: 'A key has no secret, or one that is not base64.',
    remedy: 'Make a new key with "tsig-keygen NAME", and give it to both sides.',
  },
  'namedconf.address': {
    meaning: 'An address, a port or the order of the words is not as the statement needs it.',
    remedy: 'Compare with the statement in the BIND 9 manual; the frame points at the word.',
  },
} as const
