// Every field by its Wireshark name: what it says and where that is written.

import {type FieldText, type FieldTexts, field} from './field-text.ts';
import {certificateFields} from './fields-certificate.ts';
import {dnsFields} from './fields-dns.ts';
import {httpFields} from './fields-http.ts';
import {icmpFields, ipFields, ipv6Fields} from './fields-ip.ts';
import {tcpFields, udpFields} from './fields-tcp.ts';
import {tlsFields} from './fields-tls.ts';

const ethernetFields: FieldTexts = {
  'eth.dst': field(
    'IEEE 802.3 §3.2.4',
    'the hardware address of the next station on this link.',
    '这段链路上下一站的硬件地址。',
  ),
  'eth.src': field(
    'IEEE 802.3 §3.2.5',
    'the hardware address of the station that sent this frame.',
    '发出这个帧的站的硬件地址。',
  ),
  'eth.type': field(
    'RFC 894',
    'what the frame carries: 0x0800 IPv4, 0x86dd IPv6, 0x0806 ARP.',
    '帧承载的协议：0x0800 IPv4，0x86dd IPv6，0x0806 ARP。',
  ),
  'eth.len': field(
    'IEEE 802.3 §3.2.6',
    'bytes of data in a frame that has a length in place of a type.',
    '以长度代替类型的帧中，数据的字节数。',
  ),
  'eth.padding': field(
    'IEEE 802.3 §3.2.7',
    'zeros that make the frame 60 bytes long, the least Ethernet allows.',
    '补零到 60 字节，这是以太网的最小帧长。',
  ),
  'eth.trailer': field(
    'IEEE 802.3 §3.2.7',
    'bytes behind the packet that belong to no protocol.',
    '分组后面不属于任何协议的字节。',
  ),
};

const vlanFields: FieldTexts = {
  'vlan.priority': field('IEEE 802.1Q §9.6', 'the frame’s class, 0 to 7.', '帧的优先级，0 到 7。'),
  'vlan.dei': field(
    'IEEE 802.1Q §9.6',
    '1: drop this frame first where there is too much.',
    '1：拥塞时先丢这个帧。',
  ),
  'vlan.id': field(
    'IEEE 802.1Q §9.6',
    'the virtual network that this frame belongs to.',
    '这个帧所属的虚拟局域网。',
  ),
  'vlan.trailer': field(
    'IEEE 802.3 §3.2.7',
    'bytes behind the packet that belong to no protocol.',
    '分组后面不属于任何协议的字节。',
  ),
  'vlan.etype': field('IEEE 802.1Q §9.6', 'what follows the tag.', '标签之后是什么。'),
};

const arpFields: FieldTexts = {
  'arp.hw.type': field(
    'RFC 826',
    'the kind of hardware address: 1 is Ethernet.',
    '硬件地址的种类：1 是以太网。',
  ),
  'arp.proto.type': field(
    'RFC 826',
    'the kind of protocol address: 0x0800 is IPv4.',
    '协议地址的种类：0x0800 是 IPv4。',
  ),
  'arp.hw.size': field('RFC 826', 'bytes of a hardware address.', '硬件地址的字节数。'),
  'arp.proto.size': field('RFC 826', 'bytes of a protocol address.', '协议地址的字节数。'),
  'arp.opcode': field('RFC 826', '1 asks who has an address, 2 answers.', '1 询问谁有这个地址，2 回答。'),
  'arp.src.hw_mac': field(
    'RFC 826',
    'the hardware address of the sender, which its neighbours may note.',
    '发送方的硬件地址，邻居可以记下。',
  ),
  'arp.src.hw': field('RFC 826', 'the hardware address of the sender.', '发送方的硬件地址。'),
  'arp.src.proto_ipv4': field('RFC 826', 'the IPv4 address of the sender.', '发送方的 IPv4 地址。'),
  'arp.src.proto': field('RFC 826', 'the protocol address of the sender.', '发送方的协议地址。'),
  'arp.dst.hw_mac': field(
    'RFC 826',
    'the hardware address asked for; zeros in a question.',
    '所问的硬件地址；询问时为零。',
  ),
  'arp.dst.hw': field('RFC 826', 'the hardware address asked for.', '所问的硬件地址。'),
  'arp.dst.proto_ipv4': field(
    'RFC 826',
    'the IPv4 address whose owner is sought.',
    '要找其主人的 IPv4 地址。',
  ),
  'arp.dst.proto': field('RFC 826', 'the protocol address whose owner is sought.', '要找其主人的协议地址。'),
};

const dataFields: FieldTexts = {
  'data.data': field(
    'RFC 9293 §3.1',
    'bytes that no protocol here explains: what the program sent.',
    '没有协议来解释的字节：程序发送的内容。',
  ),
  'data.len': field('RFC 9293 §3.1', 'how many such bytes there are.', '这种字节的个数。'),
};

const all: FieldTexts = {
  ...ethernetFields,
  ...vlanFields,
  ...arpFields,
  ...ipFields,
  ...ipv6Fields,
  ...icmpFields,
  ...tcpFields,
  ...udpFields,
  ...httpFields,
  ...dnsFields,
  ...tlsFields,
  ...certificateFields,
  ...dataFields,
};

/** undefined: a field of a protocol that is only shown, not explained. */
export const fieldText = (name: string): FieldText | undefined =>
  Object.hasOwn(all, name) ? all[name] : undefined;

export const explainedFields: readonly string[] = Object.keys(all);
