// The field tables of all fixed headers, in which a field's place can be found by its Wireshark name.
import {arpHeader} from './arp.ts';
import {dnsHeader} from './dns/header.ts';
import {ethernetHeader, vlanTag} from './ethernet.ts';
import {icmpHeaders} from './icmp.ts';
import {ipv4Header} from './ipv4.ts';
import {ipv6Header} from './ipv6.ts';
import {tcpHeader} from './tcp.ts';
import {udpHeader} from './udp.ts';

export const headerTables = [
  ethernetHeader,
  vlanTag,
  arpHeader,
  ipv4Header,
  ipv6Header,
  tcpHeader,
  udpHeader,
  icmpHeaders.icmp,
  icmpHeaders.icmpv6,
  dnsHeader,
];
