// Names the meaning of an ICMP message in a few words, for JSON; the words are the same for both versions (RFC 792, RFC 1812 §5.2.7, RFC
// 4443, RFC 4861, RFC 3810).

const byType: Readonly<Record<4 | 6, ReadonlyMap<number, string>>> = {
  4: new Map([
    [0, 'echo reply'],
    [4, 'source quench'],
    [5, 'redirect'],
    [8, 'echo request'],
    [9, 'router advertisement'],
    [10, 'router solicitation'],
    [12, 'parameter problem'],
    [13, 'timestamp request'],
    [14, 'timestamp reply'],
  ]),
  6: new Map([
    [2, 'packet too big'],
    [4, 'parameter problem'],
    [128, 'echo request'],
    [129, 'echo reply'],
    [130, 'multicast listener query'],
    [131, 'multicast listener report'],
    [132, 'multicast listener done'],
    [133, 'router solicitation'],
    [134, 'router advertisement'],
    [135, 'neighbour solicitation'],
    [136, 'neighbour advertisement'],
    [137, 'redirect'],
    [143, 'multicast listener report'],
  ]),
};

const unreachable: Readonly<Record<4 | 6, ReadonlyMap<number, string>>> = {
  4: new Map([
    [0, 'network'],
    [1, 'host'],
    [2, 'protocol'],
    [3, 'port'],
    [4, 'fragmentation needed'],
    [5, 'source route failed'],
    [6, 'network unknown'],
    [7, 'host unknown'],
    [9, 'network prohibited'],
    [10, 'host prohibited'],
    [13, 'administratively prohibited'],
  ]),
  6: new Map([
    [0, 'no route'],
    [1, 'administratively prohibited'],
    [2, 'beyond scope'],
    [3, 'address'],
    [4, 'port'],
    [5, 'source address failed policy'],
    [6, 'reject route'],
  ]),
};

const exceeded = ['hop limit', 'reassembly'];

export const icmpErrors = {4: {unreachable: 3, exceeded: 11}, 6: {unreachable: 1, exceeded: 3}} as const;

export const icmpMeaning = (version: 4 | 6, type: number, code: number): string => {
  if (type === icmpErrors[version].unreachable)
    return `unreachable: ${unreachable[version].get(code) ?? `code ${code}`}`;
  if (type === icmpErrors[version].exceeded) return `time exceeded: ${exceeded[code] ?? `code ${code}`}`;
  return byType[version].get(type) ?? `type ${type}`;
};

/** Tells whether an ICMP message, given by its meaning, reports that a packet did not get through. */
export const isIcmpError = (meaning: string): boolean =>
  /^(unreachable|time exceeded|packet too big|parameter problem)/.test(meaning);
