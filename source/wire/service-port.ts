// Decides which of a packet's two ports tells its protocol. A client's port is chosen at random, so it may happen to be the port of any
// protocol.

/** The lowest port of clients; lower ones belong to services (RFC 6335 §6). */
export const leastUserPort = 1024;

/**
 * Returns the one of two ports that tells the protocol; undefined if neither is known. Like Wireshark, it tries the lower port first. The
 * higher one counts only if the lower could be a client's.
 */
export const servicePort = (
  [from, to]: readonly [number, number],
  isKnown: (port: number) => boolean,
): number | undefined => {
  const [low, high] = from < to ? [from, to] : [to, from];
  if (isKnown(low)) return low;
  return low >= leastUserPort && isKnown(high) ? high : undefined;
};
