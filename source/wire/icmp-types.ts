// What ICMP messages are called, by their type as captures print it (RFC 792, RFC 4443 §2.1, IANA icmpv6-parameters).

export const icmpTypes: Readonly<Record<string, string>> = {
  '0': 'echo reply',
  '3': 'destination unreachable',
  '5': 'redirect',
  '8': 'echo',
  '9': 'router advertisement',
  '10': 'router solicitation',
  '11': 'time exceeded',
  '12': 'parameter problem',
  '13': 'timestamp',
  '14': 'timestamp reply',
};

export const icmpv6Types: Readonly<Record<string, string>> = {
  '1': 'destination unreachable',
  '2': 'packet too big',
  '3': 'time exceeded',
  '4': 'parameter problem',
  '128': 'echo',
  '129': 'echo reply',
  '130': 'multicast listener query',
  '131': 'multicast listener report',
  '132': 'multicast listener done',
  '133': 'router solicitation',
  '134': 'router advertisement',
  '135': 'neighbor solicitation',
  '136': 'neighbor advertisement',
  '137': 'redirect',
  '143': 'multicast listener report',
};

/** They say why a packet got no further (RFC 1122 §3.2.2). */
const errorsV4: ReadonlySet<number> = new Set([3, 4, 5, 11, 12]);

/** Of ICMPv6 those below 128 (RFC 4443 §2.1). */
export const isIcmpError = (protocol: 'icmp' | 'icmpv6', type: number): boolean =>
  protocol === 'icmp' ? errorsV4.has(type) : type < 128;
