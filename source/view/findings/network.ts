// Writes the sentences of findings about ARP, DHCP, ICMP and fragments.
import {worded} from '../../lesson/text.ts';
import type {NetworkId} from '../../verdict/ids.ts';
import {networkTexts as say} from '../../words/catalogue/findings.ts';
import {formatTime} from '../../words/format.ts';
import type {Writers} from './writers.ts';

export const networkWriters: Partial<Writers<NetworkId>> = {
  'arp-unanswered': ({facts}) => worded(say['arp-unanswered'], facts),
  'arp-two-macs': ({facts}) => worded(say['arp-two-macs'], facts),
  'address-conflict': ({facts}) => worded(say['address-conflict'], facts),
  'dhcp-no-offer': ({facts}) => worded(say['dhcp-no-offer'], facts),
  'dhcp-nak': ({facts}) => worded(say['dhcp-nak'], facts),
  'ping-loss': ({facts}) => worded(say['ping-loss'], facts),
  'ping-unanswered': ({facts}) => worded(say['ping-unanswered'], facts),
  'ping-late': ({facts: {leastUs, mostUs, ...facts}}) =>
    worded(say['ping-late'], {...facts, least: formatTime(leastUs), most: formatTime(mostUs)}),
  'hop-silent': ({facts: {hops, ...facts}}) =>
    worded(say['hop-silent'], {...facts, hops: hops.map(String), count: hops.length}),
  'route-loop': ({facts}) => worded(say['route-loop'], facts),
  'ttl-expired': ({facts}) => worded(say['ttl-expired'], facts),
  'port-unreachable': ({facts}) => worded(say['port-unreachable'], {...facts, port: `${facts.port}`}),
  'admin-prohibited': ({facts}) =>
    worded(say['admin-prohibited'], {...facts, port: `${facts.port}`, known: facts.port > 0}),
  'host-unreachable': ({facts: {by, from, to, count}}) =>
    worded(say['host-unreachable'], {by, from, to, count}),
  'net-unreachable': ({facts: {by, from, to, count}}) =>
    worded(say['net-unreachable'], {by, from, to, count}),
  'fragments-incomplete': ({facts, certainty}) =>
    worded(say['fragments-incomplete'], {...facts, unsure: certainty === 'one-of'}),
  'fragment-flood': ({facts: {from, to, datagrams, us}}) =>
    worded(say['fragment-flood'], {from, to, datagrams, us: formatTime(us)}),
  'too-big': ({facts}) => worded(say['too-big'], facts),
  'icmp-error': ({facts}) => worded(say['icmp-error'], {...facts, known: facts.to !== ''}),
};
