// The reasons why a frame does not arrive, or is dropped after its arrival.

export type DropReason =
  | 'fault'
  | 'loss'
  | 'queue'
  | 'link check'
  | 'checksum'
  /** A header that cannot be read, such as a data offset below five words. */
  | 'malformed'
  | 'host down'
  | 'no route'
  | 'no such host'
  | 'link down'
  | 'ttl'
  | 'too big'
  | 'firewall'
  | 'no mapping'
  | 'discarded';
