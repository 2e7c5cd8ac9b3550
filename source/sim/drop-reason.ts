// Why a frame does not arrive, or is thrown away where it does.

export type DropReason =
  | 'fault'
  | 'loss'
  | 'queue'
  | 'link check'
  | 'checksum'
  /** A header that cannot be read: a data offset below five words. */
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
