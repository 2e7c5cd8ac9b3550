// The words of the bytes panel, in both languages. Names of protocols and fields are never translated.
import {
  DnssecAlgorithm,
  EdnsOption,
  ExtendedError,
  Opcode,
  Rcode,
  RecordType,
  SvcKey,
} from '../wire/dns/registry.ts';
import {http2ErrorName} from '../wire/http2/http2-error.ts';
import {FrameType, Setting} from '../wire/http2/registry.ts';
import {hexNumber} from '../wire/octets.ts';
import {CipherSuite} from '../wire/tls/cipher-suites.ts';
import {objectNames} from '../wire/tls/object-names.ts';
import {
  AlertDescription,
  AlertLevel,
  ContentType,
  EcPointFormat,
  ExtensionType,
  HandshakeType,
  NamedGroup,
  NameType,
  ProtocolVersion,
  PskKeyExchangeMode,
  SignatureScheme,
} from '../wire/tls/registry.ts';
import {WebSocketOpcode} from '../wire/websocket.ts';

export const protocolNames: {readonly [protocol: string]: string} = {
  quic: 'QUIC',
  http3: 'HTTP/3',
  eth: 'Ethernet',
  vlan: '802.1Q',
  ieee8021ad: '802.1ad',
  gre: 'GRE',
  vxlan: 'VXLAN',
  dhcp: 'DHCP',
  arp: 'ARP',
  ip: 'IPv4',
  ipv6: 'IPv6',
  'ipv6.hopopts': 'IPv6 hop-by-hop',
  'ipv6.routing': 'IPv6 routing',
  'ipv6.fraghdr': 'IPv6 fragment',
  'ipv6.dstopts': 'IPv6 destination',
  ah: 'AH',
  icmp: 'ICMP',
  icmpv6: 'ICMPv6',
  tcp: 'TCP',
  udp: 'UDP',
  http: 'HTTP',
  http2: 'HTTP/2',
  websocket: 'WebSocket',
  tls: 'TLS',
  dns: 'DNS',
  sll: 'Linux cooked',
  null: 'Loopback',
};

/** The clause of an RFC or a standard that defines each protocol's header. */
export const protocolClauses: {readonly [protocol: string]: string} = {
  eth: 'RFC 894',
  vlan: 'IEEE 802.1Q §9.6',
  gre: 'RFC 2784 §2',
  vxlan: 'RFC 7348 §5',
  dhcp: 'RFC 2131 §2',
  arp: 'RFC 826',
  ip: 'RFC 791 §3.1',
  ipv6: 'RFC 8200 §3',
  icmp: 'RFC 792',
  icmpv6: 'RFC 4443 §2.1',
  tcp: 'RFC 9293 §3.1',
  udp: 'RFC 768',
  http: 'RFC 9112 §2.1',
  http2: 'RFC 9113 §4.1',
  websocket: 'RFC 6455 §5.2',
  tls: 'RFC 9846 §5.1',
  dns: 'RFC 1035 §4.1',
};

/** The clause that defines TLS records on connections that agreed on TLS 1.2. */
export const tls12Clause = 'RFC 5246 §6.2.1';

const namesOf = (registry: Readonly<Record<string, number>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(registry).map(([name, number]) => [String(number), name]));

const dnsClasses = {'0x0001': 'IN', '0x0003': 'CH', '0x0004': 'HS', '0x00fe': 'NONE', '0x00ff': 'ANY'};

/** Returns a table of names by number, with the numbers as four hexadecimal digits, as some rows of the bytes panel print them. */
const hexNamesOf = (registry: Readonly<Record<string, number>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(registry).map(([name, number]) => [hexNumber(number, 4), name]));

/** The error codes of HTTP/2, from 0 to 13 (RFC 9113 §7). */
const http2Errors = Object.fromEntries(
  Array.from({length: 14}, (_, code) => [String(code), http2ErrorName(code)]),
);

const groupNames = {...namesOf(NamedGroup), ...hexNamesOf(NamedGroup)};

/** The names of field values by the field's Wireshark name. Packet analyzers use the same names, so they are not translated. */
export const valueNames: {readonly [field: string]: {readonly [value: string]: string}} = {
  'http2.type': namesOf(FrameType),
  'websocket.opcode': namesOf(WebSocketOpcode),
  'http2.settings.id': namesOf(Setting),
  'http2.rst_stream.error': http2Errors,
  'http2.goaway.error': http2Errors,
  'eth.type': {
    '0x0800': 'IPv4',
    '0x0806': 'ARP',
    '0x86dd': 'IPv6',
    '0x8100': '802.1Q',
    '0x88a8': '802.1ad',
  },
  'vlan.etype': {'0x0800': 'IPv4', '0x0806': 'ARP', '0x86dd': 'IPv6'},
  'arp.proto.type': {'0x0800': 'IPv4'},
  'arp.hw.type': {'1': 'Ethernet'},
  'arp.opcode': {'1': 'request', '2': 'reply'},
  'ip.proto': {'1': 'ICMP', '6': 'TCP', '17': 'UDP'},
  'ipv6.nxt': {'6': 'TCP', '17': 'UDP', '58': 'ICMPv6', '44': 'fragment'},
  'icmp.type': {
    '0': 'echo reply',
    '3': 'destination unreachable',
    '5': 'redirect',
    '8': 'echo',
    '11': 'time exceeded',
    '12': 'parameter problem',
    '13': 'timestamp',
  },
  'icmpv6.type': {
    '1': 'destination unreachable',
    '2': 'packet too big',
    '3': 'time exceeded',
    '128': 'echo',
    '129': 'echo reply',
    '133': 'router solicitation',
    '134': 'router advertisement',
    '135': 'neighbor solicitation',
    '136': 'neighbor advertisement',
  },
  'dns.flags.opcode': namesOf(Opcode),
  'dns.flags.rcode': namesOf(Rcode),
  'dns.qry.type': namesOf(RecordType),
  'dns.resp.type': namesOf(RecordType),
  'dns.qry.class': dnsClasses,
  'dns.resp.class': dnsClasses,
  'dns.opt.code': namesOf(EdnsOption),
  'dns.opt.ext_error.info_code': namesOf(ExtendedError),
  'dns.svcb.svcparam.key': namesOf(SvcKey),
  'dns.svcb.svcparam.mandatory.key': namesOf(SvcKey),
  'dns.rrsig.type_covered': namesOf(RecordType),
  'dns.rrsig.algorithm': namesOf(DnssecAlgorithm),
  'dns.dnskey.algorithm': namesOf(DnssecAlgorithm),
  'dns.ds.algorithm': namesOf(DnssecAlgorithm),
  'tls.record.content_type': namesOf(ContentType),
  'tls.record.version': hexNamesOf(ProtocolVersion),
  'tls.alert_message.level': namesOf(AlertLevel),
  'tls.alert_message.desc': namesOf(AlertDescription),
  'tls.handshake.type': namesOf(HandshakeType),
  'tls.handshake.version': hexNamesOf(ProtocolVersion),
  'tls.handshake.ciphersuite': hexNamesOf(CipherSuite),
  'tls.handshake.extension.type': namesOf(ExtensionType),
  'tls.handshake.extensions_supported_group': groupNames,
  'tls.handshake.extensions_key_share_group': groupNames,
  'tls.handshake.extensions_key_share_selected_group': groupNames,
  'tls.handshake.server_named_curve': groupNames,
  'tls.handshake.extensions_ec_point_format': namesOf(EcPointFormat),
  'tls.handshake.extensions_server_name_type': namesOf(NameType),
  'tls.handshake.extensions.supported_version': hexNamesOf(ProtocolVersion),
  'tls.handshake.sig_hash_alg': hexNamesOf(SignatureScheme),
  'tls.extension.psk_ke_mode': namesOf(PskKeyExchangeMode),
  'x509af.algorithm.id': objectNames,
  'x509af.extension.id': objectNames,
  'x509if.oid': objectNames,
  'x509ce.KeyPurposeId': objectNames,
  'pkixalgs.namedCurve': objectNames,
  'tcp.option_kind': {
    '0': 'end of list',
    '1': 'no-operation',
    '2': 'MSS',
    '3': 'window scale',
    '4': 'SACK permitted',
    '5': 'SACK',
    '8': 'timestamps',
  },
};
