/** Why bytes are no DNS message, in words that fit after "because". */
export type WireProblem =
  | 'the message is cut short'
  | 'a name does not end'
  | 'a compression pointer does not point backwards'
  | 'a label has an unknown type'
  | 'a name is over 255 bytes'
  | 'record data and its length disagree'
  | 'bytes follow the last record'
  | 'the message is over 65535 bytes'
  | 'a text string is over 255 bytes'
  | 'a record is not what its type says'
