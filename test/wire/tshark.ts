// Wireshark's own reading of a capture, and the list of names that ours is held against.
import {spawnSync} from 'node:child_process';
import type {Dissection} from '../../source/wire/dissect.ts';
import {asksOthers} from '../helpers/seeds.ts';

/** Every name that `dissect` gives and that needs no connection's context. */
export const fieldNames: readonly string[] = [
  ...['dst', 'src', 'type', 'len', 'padding', 'trailer'].map((name) => `eth.${name}`),
  ...['priority', 'dei', 'id', 'etype', 'trailer'].map((name) => `vlan.${name}`),
  ...[
    'pkttype',
    'hatype',
    'halen',
    'src.eth',
    'src.ipv4',
    'src.other',
    'unused',
    'etype',
    'ltype',
    'ifindex',
    'trailer',
  ].map((name) => `sll.${name}`),
  ...['priority', 'dei', 'id'].map((name) => `ieee8021ad.${name}`),
  'null.family',
  ...['hw.type', 'proto.type', 'hw.size', 'proto.size', 'opcode', 'src.hw_mac', 'src.proto_ipv4'].map(
    (n) => `arp.${n}`,
  ),
  ...['dst.hw_mac', 'dst.proto_ipv4', 'src.hw', 'src.proto', 'dst.hw', 'dst.proto'].map(
    (name) => `arp.${name}`,
  ),
  ...['hdr_len', 'dsfield', 'dsfield.dscp', 'dsfield.ecn', 'len', 'id', 'flags', 'flags.rb'].map(
    (n) => `ip.${n}`,
  ),
  ...['flags.df', 'flags.mf', 'frag_offset', 'ttl', 'proto', 'checksum', 'checksum.status', 'src', 'dst'].map(
    (name) => `ip.${name}`,
  ),
  ...['version', 'tclass', 'tclass.dscp', 'tclass.ecn', 'flow', 'plen', 'nxt', 'hlim', 'src', 'dst'].map(
    (name) => `ipv6.${name}`,
  ),
  ...[
    'hopopts.nxt',
    'hopopts.len',
    'dstopts.nxt',
    'dstopts.len',
    'routing.nxt',
    'routing.len',
    'routing.type',
  ].map((name) => `ipv6.${name}`),
  ...[
    'routing.segleft',
    'fraghdr.nxt',
    'fraghdr.offset',
    'fraghdr.more',
    'fraghdr.ident',
    'fraghdr.reserved_bits',
  ].map((name) => `ipv6.${name}`),
  ...['srcport', 'dstport', 'len', 'seq_raw', 'ack_raw', 'hdr_len', 'window_size_value'].map(
    (name) => `tcp.${name}`,
  ),
  ...['checksum', 'checksum.status', 'urgent_pointer', 'payload', 'options', 'option_kind'].map(
    (name) => `tcp.${name}`,
  ),
  ...['option_len', 'flags', 'flags.str', 'flags.res', 'flags.ae', 'flags.cwr', 'flags.ece'].map(
    (name) => `tcp.${name}`,
  ),
  ...['urg', 'ack', 'push', 'reset', 'syn', 'fin'].map((name) => `tcp.flags.${name}`),
  ...[
    'mss',
    'mss_val',
    'wscale',
    'wscale.shift',
    'wscale.multiplier',
    'sack_perm',
    'sack',
    'sack_le',
    'sack_re',
  ].map((name) => `tcp.options.${name}`),
  ...['sack.count', 'timestamp', 'timestamp.tsval', 'timestamp.tsecr', 'nop', 'eol'].map(
    (n) => `tcp.options.${n}`,
  ),
  ...['srcport', 'dstport', 'length', 'checksum', 'checksum.status', 'payload'].map((name) => `udp.${name}`),
  ...['type', 'code', 'checksum', 'checksum.status', 'ident', 'ident_le', 'seq', 'seq_le', 'unused'].map(
    (name) => `icmp.${name}`,
  ),
  ...['mtu', 'pointer', 'redir_gw', 'originate_timestamp', 'receive_timestamp', 'transmit_timestamp'].map(
    (name) => `icmp.${name}`,
  ),
  ...['type', 'code', 'checksum', 'checksum.status', 'mtu', 'pointer', 'echo.identifier', 'reserved'].map(
    (name) => `icmpv6.${name}`,
  ),
  ...[
    'echo.sequence_number',
    'nd.ns.target_address',
    'nd.na.target_address',
    'nd.na.flag',
    'nd.na.flag.r',
  ].map((name) => `icmpv6.${name}`),
  ...[
    'nd.na.flag.s',
    'nd.na.flag.o',
    'nd.na.flag.rsv',
    'opt.type',
    'opt.length',
    'opt.linkaddr',
    'opt.mtu',
    'mldr.nb_mcast_records',
  ].map((name) => `icmpv6.${name}`),
  ...['cur_hop_limit', 'flag', 'flag.m', 'flag.o', 'router_lifetime', 'reachable_time', 'retrans_timer'].map(
    (name) => `icmpv6.nd.ra.${name}`,
  ),
  ...['id', 'length', 'flags', 'flags.response', 'flags.opcode', 'flags.authoritative'].map(
    (name) => `dns.${name}`,
  ),
  ...['truncated', 'recdesired', 'recavail', 'z', 'authenticated', 'checkdisable', 'rcode'].map(
    (name) => `dns.flags.${name}`,
  ),
  ...['queries', 'answers', 'auth_rr', 'add_rr', 'labels'].map((name) => `dns.count.${name}`),
  ...['name', 'name.len', 'type', 'class'].map((name) => `dns.qry.${name}`),
  ...['name', 'type', 'class', 'ttl', 'len', 'ext_rcode', 'edns0_version', 'z', 'z.do', 'z.reserved'].map(
    (name) => `dns.resp.${name}`,
  ),
  ...['a', 'aaaa', 'ns', 'cname', 'ptr.domain_name', 'mx.preference', 'mx.mail_exchange'].map(
    (name) => `dns.${name}`,
  ),
  ...['mname', 'rname', 'serial_number', 'refresh_interval', 'retry_interval', 'expire_limit'].map(
    (name) => `dns.soa.${name}`,
  ),
  ...['soa.minimum_ttl', 'txt', 'txt.length', 'srv.priority', 'srv.weight', 'srv.port', 'srv.target'].map(
    (name) => `dns.${name}`,
  ),
  ...['rr.udp_payload_size', 'opt.code', 'opt.len', 'opt.data', 'opt.cookie.client', 'data'].map(
    (name) => `dns.${name}`,
  ),
  'dns.opt.cookie.server',
  ...[
    'dname',
    'rrsig.type_covered',
    'rrsig.algorithm',
    'rrsig.labels',
    'rrsig.original_ttl',
    'rrsig.signature_expiration',
    'rrsig.signature_inception',
    'rrsig.key_tag',
    'rrsig.signers_name',
    'rrsig.signature',
    'dnskey.flags',
    'dnskey.flags.zone_key',
    'dnskey.flags.key_revoked',
    'dnskey.flags.secure_entry_point',
    'dnskey.flags.reserved',
    'dnskey.protocol',
    'dnskey.algorithm',
    'dnskey.key_id',
    'dnskey.public_key',
    'ds.key_id',
    'ds.algorithm',
    'ds.digest_type',
    'ds.digest',
    'nsec.next_domain_name',
    'nsec3.algo',
    'nsec3.flags',
    'nsec3.flags.opt_out',
    'nsec3.iterations',
    'nsec3.salt_length',
    'nsec3.salt_value',
    'nsec3.hash_length',
    'nsec3.hash_value',
    'svcb.svcpriority',
    'svcb.targetname',
    'svcb.svcparam.key',
    'svcb.svcparam.value.length',
    'svcb.svcparam.value',
    'svcb.svcparam.mandatory.key',
    'svcb.svcparam.alpn.length',
    'svcb.svcparam.alpn',
    'svcb.svcparam.port',
    'svcb.svcparam.ipv4hint.ip',
    'svcb.svcparam.ipv6hint.ip',
    'svcb.svcparam.echconfig',
    'opt.ext_error.info_code',
    'opt.ext_error.extra_text',
    'opt.client.family',
    'opt.client.netmask',
    'opt.client.scope',
    'opt.client.addr4',
    'opt.client.addr6',
    'opt.edns_tcp_keepalive.timeout',
    'opt.padding',
  ].map((name) => `dns.${name}`),
  'http.request',
  'http.response',
  ...['method', 'uri', 'version', 'line'].map((name) => `http.request.${name}`),
  ...['version', 'code', 'phrase', 'line'].map((name) => `http.response.${name}`),
  ...['host', 'user_agent', 'accept', 'accept_language', 'accept_encoding', 'referer', 'authorization'].map(
    (name) => `http.${name}`,
  ),
  ...['cookie', 'cookie_pair', 'set_cookie', 'content_type', 'content_length_header', 'content_encoding'].map(
    (name) => `http.${name}`,
  ),
  ...['transfer_encoding', 'connection', 'upgrade', 'cache_control', 'date', 'last_modified', 'location'].map(
    (name) => `http.${name}`,
  ),
  ...['server', 'www_authenticate'].map((name) => `http.${name}`),
];

export const tsharkPreferences: readonly string[] = [
  'ip.check_checksum:TRUE',
  'tcp.check_checksum:TRUE',
  'udp.check_checksum:TRUE',
  'ip.defragment:FALSE',
  'ipv6.defragment:FALSE',
  'tcp.desegment_tcp_streams:FALSE',
  'tcp.relative_sequence_numbers:FALSE',
];

/** One frame's fields; several of one name are joined by commas. */
export type FrameFields = Readonly<Record<string, string>>;

/** Why there is nothing to compare with; undefined where there is. Names and values are those of version 4.0. */
export const tsharkMissing = (): string | undefined => {
  if (!asksOthers()) return '`npm run test:all` asks tshark, `npm test` does not';
  const found = spawnSync('tshark', ['--version'], {encoding: 'utf8'});
  if (found.status !== 0) return 'tshark is not installed';
  const version = found.stdout.split('\n')[0] ?? '';
  return version.includes(' 4.0.') ? undefined : `tshark 4.0 is needed, this is ${version}`;
};

/** What stands in the first column for a block that is no packet; tshark counts it as a frame. */
const NO_PACKET = 'data\t';

/** On other ports Wireshark guesses by the payload; a dissection here goes by the port. */
export const httpPorts: readonly string[] = ['80', '8080'];

const withoutGuesses = (frame: FrameFields): FrameFields =>
  [frame['tcp.srcport'], frame['tcp.dstport']].some((port) => port !== undefined && httpPorts.includes(port))
    ? frame
    : Object.fromEntries(Object.entries(frame).filter(([name]) => !name.startsWith('http.')));

export const tsharkFields = (file: string): readonly FrameFields[] => {
  const names = ['frame.protocols', ...fieldNames].flatMap((name) => ['-e', name]);
  const form = ['-T', 'fields', '-E', 'separator=/t', '-E', 'occurrence=a'];
  const options = tsharkPreferences.flatMap((preference) => ['-o', preference]);
  const run = spawnSync('tshark', ['-n', '-r', file, ...form, ...options, ...names], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const lines = run.stdout.split('\n').slice(0, -1);
  return lines
    .filter((line) => !line.startsWith(NO_PACKET))
    .map((line) => {
      const values = line.split('\t').slice(1);
      return withoutGuesses(
        Object.fromEntries(
          fieldNames.flatMap((name, index) => (values[index] ? [[name, values[index]]] : [])),
        ),
      );
    });
};

/** In a quoted segment Wireshark calls the raw sequence number `tcp.seq`. */
const quotedNames = ['tcp.seq_raw'];

export const ourFields = ({layers}: Dissection): FrameFields => {
  const found: Record<string, string> = {};
  for (const {fields, quoted} of layers) {
    for (const {name, value} of fields) {
      if (!fieldNames.includes(name) || value === '' || (quoted && quotedNames.includes(name))) continue;
      found[name] = name in found ? `${found[name]},${value}` : value;
    }
  }
  return found;
};
