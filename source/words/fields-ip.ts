// What each field of IPv4, IPv6 and ICMP says, one sentence each, with the clause that defines it.
import {type FieldTexts, field} from './field-text.ts';

const header = 'RFC 791 §3.1';
const header6 = 'RFC 8200 §3';

export const ipFields: FieldTexts = {
  'ip.version': field(header, 'the version of IP: 4.', 'IP 的版本：4。'),
  'ip.hdr_len': field(
    header,
    'length of the header, on the wire in 32-bit words.',
    '首部长度；线路上以 32 位字为单位。',
  ),
  'ip.dsfield': field(
    'RFC 2474 §3',
    'how routers are asked to treat this packet, and the two ECN bits.',
    '请求路由器如何对待这个分组，以及两个 ECN 位。',
  ),
  'ip.dsfield.dscp': field(
    'RFC 2474 §3',
    'the class of service; 0 is best effort.',
    '服务类别；0 表示尽力而为。',
  ),
  'ip.dsfield.ecn': field(
    'RFC 3168 §5',
    'congestion marks: 0 not supported, 1 and 2 supported, 3 congestion met.',
    '拥塞标记：0 不支持，1 和 2 支持，3 遇到拥塞。',
  ),
  'ip.len': field(header, 'bytes of the whole packet, header included.', '整个分组的字节数，含首部。'),
  'ip.id': field(
    'RFC 6864 §4',
    'tells which fragments belong together; means nothing in a packet that may not be cut.',
    '标明哪些分片属于一起；在不可分片的分组里没有意义。',
  ),
  'ip.flags': field(header, 'three bits that rule fragmentation.', '控制分片的三个位。'),
  'ip.flags.rb': field(header, 'a reserved bit, 0.', '保留位，为 0。'),
  'ip.flags.df': field(
    header,
    'Don’t Fragment: a router that would have to cut this packet drops it and says so.',
    '不分片：路由器若不得不切开它，就丢弃并报告。',
  ),
  'ip.flags.mf': field(header, 'More Fragments: this is not the last piece.', '更多分片：这不是最后一片。'),
  'ip.frag_offset': field(
    header,
    'where this piece belongs in the whole, in units of 8 bytes.',
    '本分片在整个分组中的位置，以 8 字节为单位。',
  ),
  'ip.ttl': field(
    header,
    'each router takes one away; at 0 the packet dies.',
    '每经过一个路由器减一，减到 0 就丢弃。',
  ),
  'ip.proto': field(
    header,
    'what the packet carries: 6 TCP, 17 UDP, 1 ICMP.',
    '分组承载的协议：6 TCP，17 UDP，1 ICMP。',
  ),
  'ip.checksum': field(
    header,
    'guards the IP header only; every router computes it anew.',
    '只校验 IP 首部；每个路由器都重新计算。',
  ),
  'ip.checksum.status': field(
    header,
    'whether the checksum agrees with the header: 1 yes, 0 no.',
    '校验和与首部是否相符：1 相符，0 不符。',
  ),
  'ip.src': field(header, 'the address of the host that made this packet.', '产生这个分组的主机的地址。'),
  'ip.dst': field(header, 'the address of the host that this packet is for.', '这个分组的目的主机的地址。'),
  'ip.options': field(
    header,
    'rare requests to routers; most drop packets that carry any.',
    '对路由器的少见请求；多数路由器会丢弃这种分组。',
  ),
};

export const ipv6Fields: FieldTexts = {
  'ipv6.version': field(header6, 'the version of IP: 6.', 'IP 的版本：6。'),
  'ipv6.tclass': field(
    'RFC 8200 §7',
    'how routers are asked to treat this packet, and the two ECN bits.',
    '请求路由器如何对待这个分组，以及两个 ECN 位。',
  ),
  'ipv6.tclass.dscp': field(
    'RFC 2474 §3',
    'the class of service; 0 is best effort.',
    '服务类别；0 表示尽力而为。',
  ),
  'ipv6.tclass.ecn': field(
    'RFC 3168 §5',
    'congestion marks: 0 not supported, 1 and 2 supported, 3 congestion met.',
    '拥塞标记：0 不支持，1 和 2 支持，3 遇到拥塞。',
  ),
  'ipv6.flow': field(
    'RFC 6437 §2',
    'packets of one conversation carry the same label, so that they take one way.',
    '同一会话的分组带相同的标签，好走同一条路。',
  ),
  'ipv6.plen': field(
    header6,
    'bytes after this header, extension headers included.',
    '本首部之后的字节数，含扩展首部。',
  ),
  'ipv6.nxt': field(
    header6,
    'what follows this header: 6 TCP, 17 UDP, 58 ICMPv6, or an extension.',
    '后面是什么：6 TCP，17 UDP，58 ICMPv6，或扩展首部。',
  ),
  'ipv6.hlim': field(
    header6,
    'each router takes one away; at 0 the packet dies.',
    '每经过一个路由器减一，减到 0 就丢弃。',
  ),
  'ipv6.src': field(header6, 'the address of the host that made this packet.', '产生这个分组的主机的地址。'),
  'ipv6.dst': field(
    header6,
    'the address of the host that this packet is for.',
    '这个分组的目的主机的地址。',
  ),
  'ipv6.hopopts.nxt': field('RFC 8200 §4.3', 'what follows the hop-by-hop options.', '逐跳选项之后是什么。'),
  'ipv6.hopopts.len': field(
    'RFC 8200 §4.3',
    'length of this header in units of 8 bytes, the first 8 not counted.',
    '本首部的长度，以 8 字节为单位，不计前 8 字节。',
  ),
  'ipv6.dstopts.nxt': field('RFC 8200 §4.6', 'what follows the destination options.', '目的选项之后是什么。'),
  'ipv6.dstopts.len': field(
    'RFC 8200 §4.6',
    'length of this header in units of 8 bytes, the first 8 not counted.',
    '本首部的长度，以 8 字节为单位，不计前 8 字节。',
  ),
  'ipv6.routing.nxt': field('RFC 8200 §4.4', 'what follows the routing header.', '路由首部之后是什么。'),
  'ipv6.routing.len': field(
    'RFC 8200 §4.4',
    'length of this header in units of 8 bytes, the first 8 not counted.',
    '本首部的长度，以 8 字节为单位，不计前 8 字节。',
  ),
  'ipv6.routing.type': field('RFC 8200 §4.4', 'which kind of routing header this is.', '路由首部的种类。'),
  'ipv6.routing.segleft': field(
    'RFC 8200 §4.4',
    'stops on the listed way that are still to come.',
    '列出的途经点还剩几个。',
  ),
  'ipv6.fraghdr.nxt': field(
    'RFC 8200 §4.5',
    'what the whole packet carries after its fragments are joined.',
    '分片拼好以后，分组承载的是什么。',
  ),
  'ipv6.fraghdr.offset': field(
    'RFC 8200 §4.5',
    'where this piece belongs in the whole, in units of 8 bytes.',
    '本分片在整个分组中的位置，以 8 字节为单位。',
  ),
  'ipv6.fraghdr.reserved_bits': field('RFC 8200 §4.5', 'two reserved bits, 0.', '两个保留位，为 0。'),
  'ipv6.fraghdr.more': field(
    'RFC 8200 §4.5',
    '1: more fragments follow; 0: this is the last one.',
    '1：后面还有分片；0：这是最后一片。',
  ),
  'ipv6.fraghdr.ident': field(
    'RFC 8200 §4.5',
    'tells which fragments belong together.',
    '标明哪些分片属于一起。',
  ),
};

const identified = 'RFC 792';

export const icmpFields: FieldTexts = {
  'icmp.type': field(
    identified,
    'what this message is about: 0 echo reply, 3 unreachable, 8 echo, 11 time exceeded.',
    '报文的种类：0 回显应答，3 不可达，8 回显请求，11 超时。',
  ),
  'icmp.code': field(
    identified,
    'the type, more precisely: of an unreachable, what could not be reached.',
    '对种类的细分：例如不可达报文里，不可达的是什么。',
  ),
  'icmp.checksum': field(
    identified,
    'guards the ICMP message; IP addresses are not part of it.',
    '校验 ICMP 报文，不含 IP 地址。',
  ),
  'icmp.checksum.status': field(
    identified,
    'whether the checksum agrees with the bytes: 1 yes, 0 no, 2 not judged.',
    '校验和与字节是否相符：1 相符，0 不符，2 未判断。',
  ),
  'icmp.ident': field(
    identified,
    'tells the echoes of one program from those of another.',
    '区分不同程序发出的回显。',
  ),
  'icmp.ident_le': field(
    identified,
    'the identifier read with its bytes swapped, as some senders write it.',
    '按相反字节序读出的标识，有的发送方这样写。',
  ),
  'icmp.seq': field(identified, 'the number of this echo in its series.', '这一串回显中的编号。'),
  'icmp.seq_le': field(
    identified,
    'the sequence number read with its bytes swapped, as some senders write it.',
    '按相反字节序读出的序号，有的发送方这样写。',
  ),
  'icmp.unused': field(identified, 'bytes without a meaning, 0.', '没有含义的字节，为 0。'),
  'icmp.mtu': field(
    'RFC 1191 §4',
    'the largest packet that the next link takes, in bytes.',
    '下一段链路能通过的最大分组，单位字节。',
  ),
  'icmp.pointer': field(
    identified,
    'the byte of the reported header in which the fault lies.',
    '出错的字节在所报告首部中的位置。',
  ),
  'icmp.redir_gw': field(
    identified,
    'the router that is nearer for this destination.',
    '去这个目的地更近的路由器。',
  ),
  'icmp.originate_timestamp': field(
    identified,
    'when the asking host sent this, in ms since midnight UT.',
    '询问方发出的时刻，UT 零点起的毫秒数。',
  ),
  'icmp.receive_timestamp': field(
    identified,
    'when the answering host received it, in ms since midnight UT.',
    '应答方收到的时刻，UT 零点起的毫秒数。',
  ),
  'icmp.transmit_timestamp': field(
    identified,
    'when the answering host sent the answer, in ms since midnight UT.',
    '应答方发出的时刻，UT 零点起的毫秒数。',
  ),
};
