// The reasons why a frame does not arrive at a simulated host, or is dropped after its arrival.

export type DropReason =
  | 'fault'
  | 'loss'
  | 'queue'
  | 'link check'
  | 'checksum'
  /** The packet has a header that cannot be read, such as a TCP data offset below five words. */
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
