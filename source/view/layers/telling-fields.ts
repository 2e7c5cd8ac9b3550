// Lists the most informative fields of each layer, in the order in which the layers panel shows them while there is room.
import {allRows} from '../bytes/inspector-rows.ts';
import {rowName, rowValue} from '../bytes/inspector-value.ts';
import type {Wording} from '../fields/entry.ts';
import {flagsNumber} from '../fields/tcp-flags.ts';
import type {LayerScene} from './layer-scene.ts';

const telling: {readonly [protocol: string]: readonly string[]} = {
  eth: ['eth.dst', 'eth.src', 'eth.type', 'eth.len', 'eth.padding', 'eth.trailer'],
  vlan: ['vlan.id', 'vlan.priority', 'vlan.etype'],
  ieee8021ad: ['ieee8021ad.id', 'ieee8021ad.priority', 'ieee8021ah.etype'],
  gre: ['gre.proto', 'gre.key', 'gre.sequence_number'],
  vxlan: ['vxlan.vni'],
  sll: ['sll.pkttype', 'sll.src.eth', 'sll.etype', 'sll.ifindex', 'sll.hatype'],
  null: ['null.family'],
  arp: ['arp.opcode', 'arp.src.proto_ipv4', 'arp.src.hw_mac', 'arp.dst.proto_ipv4', 'arp.dst.hw_mac'],
  ip: ['ip.src', 'ip.dst', 'ip.ttl', 'ip.proto', 'ip.len', 'ip.checksum', 'ip.flags', 'ip.hdr_len'],
  ipv6: ['ipv6.src', 'ipv6.dst', 'ipv6.hlim', 'ipv6.nxt', 'ipv6.plen'],
  icmp: ['icmp.type', 'icmp.code', 'icmp.checksum', 'icmp.mtu', 'icmp.seq'],
  icmpv6: ['icmpv6.type', 'icmpv6.code', 'icmpv6.checksum', 'icmpv6.mtu'],
  tcp: [
    ...['tcp.srcport', 'tcp.dstport', 'tcp.seq_raw', 'tcp.ack_raw', 'tcp.flags', 'tcp.hdr_len'],
    ...['tcp.window_size_value', 'tcp.checksum'],
  ],
  udp: ['udp.srcport', 'udp.dstport', 'udp.length', 'udp.checksum'],
  dhcp: [
    'dhcp.option.dhcp',
    'dhcp.id',
    'dhcp.ip.your',
    'dhcp.hw.mac_addr',
    'dhcp.option.ip_address_lease_time',
  ],
  http: [
    ...['http.request.method', 'http.request.uri', 'http.request.version', 'http.host'],
    ...['http.response.version', 'http.response.code', 'http.response.phrase', 'http.content_type'],
    'http.content_length_header',
  ],
  dns: [
    ...['dns.id', 'dns.flags.response', 'dns.flags.recdesired', 'dns.flags.rcode', 'dns.qry.name'],
    ...['dns.count.answers', 'dns.a', 'dns.resp.ttl'],
  ],
  tls: [
    ...['tls.record.content_type', 'tls.record.version', 'tls.record.length', 'tls.handshake.type'],
    ...['tls.handshake.extensions_server_name', 'tls.handshake.ciphersuite'],
  ],
  data: ['data.len'],
};

export type TellingField = {readonly name: string; readonly value: string};

export const tellingFields = (
  {packet, boxes, step}: LayerScene,
  wording: Wording,
): readonly TellingField[] => {
  const box = step && boxes[step.box];
  if (!box) return [];
  const rows = allRows(box.rows).filter(({field}) => field !== undefined);
  const names = telling[box.protocol] ?? rows.slice(0, 6).flatMap(({field}) => (field ? [field.name] : []));
  return names.flatMap((name) => {
    const row = rows.find(({field}) => field?.name === name);
    if (!row) return [];
    // The value of the TCP flags names only the flags that are 1, because the inspector's dots for the others need more room.
    const isFlags = name === 'tcp.flags' && !packet.hidden.has(name);
    const value = isFlags
      ? `${flagsNumber(row.field?.value)} ${packet.summary}`
      : rowValue(row, packet, wording);
    return [{name: rowName(row, packet, wording.relative), value: value.replace(/\s+/g, ' ')}];
  });
};
