// Which of two ports says what is spoken between them. A client's port is given by chance, and may be the number of any protocol.

/** Below it a port is a service's (RFC 6335 §6): no client is given one. */
export const leastUserPort = 1024;

/** As Wireshark tries them: the lower first, the other one only where the lower may be a client's. undefined: neither says anything. */
export const servicePort = (
  [from, to]: readonly [number, number],
  isKnown: (port: number) => boolean,
): number | undefined => {
  const [low, high] = from < to ? [from, to] : [to, from];
  if (isKnown(low)) return low;
  return low >= leastUserPort && isKnown(high) ? high : undefined;
};
