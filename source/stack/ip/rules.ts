// The ids of all rules by which the path, rather than a TCP, acts on a packet. The texts are in lessons/data/rules.yaml.
import type {CaseTable, Reason} from '../reason.ts';

export const ipRules = [
  '1122:1.1.3/arrives',
  '1122:1.1.3/lost',
  '1122:1.1.3/program',
  '1122:2.3.2/arp/answer',
  '1122:2.3.2/arp/ask',
  '1122:2.3.3/link-check',
  '1122:3.3.1/no-route',
  '1122:4.1.1/deliver',
  '1122:4.1.3.1/no-port',
  '1191:4/too-big',
  '1812:5.2.1/forward',
  '1812:5.2.7.1/unreachable/host',
  '1812:5.2.7.1/unreachable/network',
  '1812:5.3.1/ttl',
  '1812:5.3.9/filter/drop',
  '1812:5.3.9/filter/icmp',
  '1812:5.3.9/filter/reset',
  '3552:3.3.4/modifies',
  '3552:3.3.5/takes',
  '3704:2.2/ingress/spoofed',
  '4987:2.2/forged-source',
  '5382:4.1/nat/map',
  '5382:4.3/nat/unsolicited',
  '5382:5/nat/forgotten',
  '5452:3/forged-answer',
  '9293:3.1/checksum',
  '9293:3.1/malformed',
] as const;

export type IpRuleId = (typeof ipRules)[number];

export const ipCases = {
  /** The case of an ICMP error that a firewall sends tells whether its code is the one that the RFCs prescribe (`usual`) or another. */
  '1812:5.3.9/filter/icmp': ['usual', 'other'],
} as const satisfies CaseTable & {readonly [rule in IpRuleId]?: unknown};

export type IpBecause = IpRuleId | Reason<IpRuleId, typeof ipCases>;
