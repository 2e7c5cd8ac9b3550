// All fields of packets that were written out octet by octet, by Wireshark's names: those that a packet has, and no others.
// Oracles: RFC 791, RFC 8200, RFC 768, RFC 792, RFC 4443, RFC 9293 §3.1, RFC 2018, RFC 7323 §2.2 and §3.2.
import {expect, test} from 'vitest';
import {fieldValues, isTextField, packetFields} from '../../source/lesson/packet-field.ts';
import {CaptureIndex} from '../../source/observe/capture-trace.ts';
import {octetsOf} from '../../source/wire/octets.ts';
import {recordedTrace} from '../observe/tls-recorded.ts';

const ethernet = '020000000002 020000000001 0800';
const client = 'c0000201';
const server = 'c0000202';

type Fields = Readonly<Record<string, readonly (number | string)[]>>;
type Row = readonly [what: string, octets: string, linkType: 1 | 101, Fields];

const ends = (from: string, to: string): Fields => ({
  ...{'ip.src': [`192.0.2.${from}`], 'ip.dst': [`192.0.2.${to}`]},
  'ip.addr': [`192.0.2.${from}`, `192.0.2.${to}`],
});

const noFlags: Fields = Object.fromEntries(
  ['fin', 'syn', 'reset', 'push', 'ack', 'urg', 'ece', 'cwr'].map((name) => [`tcp.flags.${name}`, [0]]),
);

const rows: readonly Row[] = [
  [
    'SYN with options',
    `${ethernet} 4501003c 12344000 40060000 ${client} ${server}
     c350 0050 000003e8 00000000 a002 fde8 0000 0007 020405b4 0402 080a 00000064 00000005 01 030307`,
    1,
    {
      ...{'frame.number': [1], 'frame.len': [74]},
      ...{'eth.src': ['02:00:00:00:00:01'], 'eth.dst': ['02:00:00:00:00:02'], ...ends('1', '2')},
      ...{'ip.ttl': [64], 'ip.id': [0x1234], 'ip.len': [60], 'ip.flags.df': [1], 'ip.dsfield.ecn': [1]},
      ...{'tcp.srcport': [50_000], 'tcp.dstport': [80], 'tcp.port': [50_000, 80]},
      ...{'tcp.seq_raw': [1000], 'tcp.ack_raw': [0], 'tcp.seq': [0], 'tcp.ack': [0], 'tcp.len': [0]},
      ...{'tcp.hdr_len': [40], 'tcp.flags': [2], ...noFlags, 'tcp.flags.syn': [1], flags: ['SYN']},
      ...{'tcp.window_size_value': [65_000], 'tcp.checksum.status': [0], 'tcp.urgent_pointer': [7]},
      ...{'tcp.options.mss_val': [1460], 'tcp.options.wscale.shift': [7], 'tcp.options.sack_perm': [1]},
      ...{'tcp.options.timestamp.tsval': [100], 'tcp.options.timestamp.tsecr': [5], 'tcp.stream': [0]},
    },
  ],
  [
    'answer with SACK, fragments allowed',
    `4502003f 00010000 3f060000 ${server} ${client}
     0050 c350 00002328 000003e9 a0d2 0001 0000 0000 01 01 0512 000007d0 000007da 00000bb8 00000bc2 616263`,
    101,
    {
      ...{'frame.number': [2], 'frame.len': [63], ...ends('2', '1')},
      ...{'ip.ttl': [63], 'ip.id': [1], 'ip.len': [63], 'ip.flags.df': [0], 'ip.dsfield.ecn': [2]},
      ...{'tcp.srcport': [80], 'tcp.dstport': [50_000], 'tcp.port': [80, 50_000]},
      ...{'tcp.seq_raw': [9000], 'tcp.ack_raw': [1001], 'tcp.seq': [0], 'tcp.ack': [1], 'tcp.len': [3]},
      ...{'tcp.hdr_len': [40], 'tcp.flags': [0xd2], ...noFlags, 'tcp.flags.syn': [1], 'tcp.flags.ack': [1]},
      ...{'tcp.flags.cwr': [1], 'tcp.flags.ece': [1], flags: ['SYN,ACK,ECE,CWR']},
      ...{'tcp.window_size_value': [1], 'tcp.checksum.status': [0], 'tcp.urgent_pointer': [0]},
      ...{
        'tcp.options.sack_le': [2000, 3000],
        'tcp.options.sack_re': [2010, 3010],
        'tcp.stream': [0],
        letters: ['abc'],
      },
    },
  ],
  [
    'FIN, PSH, RST and URG',
    `45000028 00020000 40060000 ${client} ${server} c350 0050 000003e9 00000000 502d 0000 0000 0000`,
    101,
    {
      ...{'frame.number': [3], 'frame.len': [40], ...ends('1', '2')},
      ...{'ip.ttl': [64], 'ip.id': [2], 'ip.len': [40], 'ip.flags.df': [0], 'ip.dsfield.ecn': [0]},
      ...{'tcp.srcport': [50_000], 'tcp.dstport': [80], 'tcp.port': [50_000, 80]},
      ...{'tcp.seq_raw': [1001], 'tcp.ack_raw': [0], 'tcp.seq': [1], 'tcp.ack': [0], 'tcp.len': [0]},
      ...{'tcp.hdr_len': [20], 'tcp.flags': [0x2d], ...noFlags, 'tcp.flags.fin': [1], 'tcp.flags.push': [1]},
      ...{'tcp.flags.reset': [1], 'tcp.flags.urg': [1], flags: ['FIN,RST,PSH,URG']},
      ...{'tcp.window_size_value': [0], 'tcp.checksum.status': [0], 'tcp.urgent_pointer': [0]},
      'tcp.stream': [0],
    },
  ],
  [
    'UDP',
    `4503001e 00030000 40110000 ${client} ${server} 1388 1770 000a 0000 6869`,
    101,
    {
      ...{'frame.number': [4], 'frame.len': [30], ...ends('1', '2')},
      ...{'ip.ttl': [64], 'ip.id': [3], 'ip.len': [30], 'ip.flags.df': [0], 'ip.dsfield.ecn': [3]},
      ...{'udp.srcport': [5000], 'udp.dstport': [6000], 'udp.port': [5000, 6000], 'udp.length': [10]},
      'udp.stream': [0],
    },
  ],
  [
    'ICMP',
    `45000024 00040000 40010000 ${server} ${client} 0d01 0000 00010002 0000000000000000`,
    101,
    {
      ...{'frame.number': [5], 'frame.len': [36], ...ends('2', '1')},
      ...{'ip.ttl': [64], 'ip.id': [4], 'ip.len': [36], 'ip.flags.df': [0], 'ip.dsfield.ecn': [0]},
      ...{'icmp.type': [13], 'icmp.code': [1]},
    },
  ],
  [
    'ICMPv6',
    `60000000 0008 3a 3f 20010db8000000000000000000000001 20010db8000000000000000000000002 8002 0000 00010002`,
    101,
    {
      ...{'frame.number': [6], 'frame.len': [48], 'ipv6.src': ['2001:db8::1'], 'ipv6.dst': ['2001:db8::2']},
      ...{'ipv6.addr': ['2001:db8::1', '2001:db8::2'], 'ipv6.hlim': [63]},
      ...{'icmpv6.type': [128], 'icmpv6.code': [2]},
    },
  ],
];

const frames = rows.map(([, octets]) => octetsOf(octets.replaceAll(/\s/g, '')));

const captured = () => {
  const index = new CaptureIndex({contents: true});
  for (const [at, [, , linkType]] of rows.entries()) {
    const bytes = frames[at] ?? new Uint8Array();
    const rest = {
      nanoseconds: 0,
      comments: [],
      originalLength: bytes.length,
      fileOffset: at,
      frameNumber: at + 1,
    };
    index.add({...rest, atUs: 1000 * at, bytes, linkType});
  }
  return index.trace({source: 'made', read: (offset) => frames[offset] ?? new Uint8Array()});
};
const trace = captured();

test.each(rows.map(([what, , , fields], at) => [what, at + 1, fields] as const))('%s', (_, id, fields) => {
  const packet = trace.packet(id);
  const found = packetFields.flatMap((name) => {
    const values = fieldValues(trace, packet, name);
    return values.length === 0 ? [] : [[name, values.map(({value}) => value)] as const];
  });
  expect(Object.fromEntries(found)).toEqual(fields);
});

test('positions in sequence space are of a kind of their own', () => {
  const kinds = (id: number) =>
    packetFields.filter((name) =>
      fieldValues(trace, trace.packet(id), name).some(({kind}) => kind === 'seq'),
    );
  const numbers = ['tcp.seq_raw', 'tcp.ack_raw', 'tcp.seq', 'tcp.ack'];
  expect(kinds(1)).toEqual(numbers);
  expect(kinds(2)).toEqual([...numbers, 'tcp.options.sack_le', 'tcp.options.sack_re']);
});

// As wireshark.org/docs/dfref says: those of type string.
test('text in quotes is for what is text inside programs', () => {
  const texts = packetFields.filter(isTextField);
  expect(texts).toEqual(expect.arrayContaining(['dns.qry.name', 'http.host', 'tls.handshake.random']));
  const others = ['dns.id', 'dns.qry.type', 'tls.handshake.type', 'http.response.code', 'ip.src', 'eth.src'];
  for (const name of others) expect(texts).not.toContain(name);
  expect(texts.filter((name) => /^(frame|tcp|udp|ip|ipv6|icmp|icmpv6)\./.test(name))).toEqual([]);
});

// RFC 9846 §5.1, §6: a record of type 21, two octets: fatal, handshake_failure.
test('of TLS what a packet says in clear', () => {
  const alert = recordedTrace([{side: 1, bytes: octetsOf('15030300020228')}]);
  const found = (id: number) =>
    packetFields
      .filter((name) => name.startsWith('tls.'))
      .map((name) => [name, fieldValues(alert, alert.packet(id), name).map(({value}) => value)] as const)
      .filter(([, values]) => values.length > 0);
  expect(Object.fromEntries(found(1))).toEqual({
    ...{'tls.record.content_type': [21], 'tls.record.version': [0x0303], 'tls.record.length': [2]},
    ...{'tls.alert_message.level': [2], 'tls.alert_message.desc': [40]},
  });
  expect(found(2)).toEqual([]);
});
