// DNS messages that the recorded captures have none of: rare types, odd octets in names, damaged messages, TCP segments.
import {frameDns} from '../../source/wire/dns/framing.ts';
import {encodeFrame, type Transport} from '../../source/wire/frame.ts';
import {encodeIpPacket} from '../../source/wire/ip-packet.ts';
import {ropeFromBytes} from '../../source/wire/rope.ts';
import {frame, type Oddity, packet, segment} from './oddities.ts';

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(/\s/g, ''), 'hex'));
const ascii = (text: string): string => Buffer.from(text).toString('hex');

/** `example.com.` */
const example = `07 ${ascii('example')} 03 ${ascii('com')} 00`;

const ip = (transport: Transport): Uint8Array => encodeFrame(frame({kind: 'ip', packet: packet(transport)}));

const datagram = (bytes: Uint8Array): Transport => ({
  kind: 'udp',
  datagram: {srcPort: 53, dstPort: 40_002, payload: ropeFromBytes(bytes)},
});
const udp = (text: string): Uint8Array => ip(datagram(hex(text)));

/** `client`: its port; a connection has its own, or Wireshark sees what was sent before. */
const tcp = (client: number, ...parts: readonly Uint8Array[]): Uint8Array =>
  ip({
    kind: 'tcp',
    segment: segment({
      srcPort: 53,
      dstPort: client,
      payload: ropeFromBytes(Uint8Array.from(Buffer.concat(parts))),
    }),
  });

const question = `1234 0100 0001 0000 0000 0000 ${example} 0001 0001`;

/** A response with one record in answer; the record's name is the root. */
const answer = (type: string, rdata: string, recordClass = '0001'): string => {
  const length = hex(rdata).length.toString(16).padStart(4, '0');
  return `1234 8400 0000 0001 0000 0000 00 ${type} ${recordClass} 80000001 ${length} ${rdata}`;
};

const messages: Readonly<Record<string, string>> = {
  'every flag': '1234 fff7 0000 0000 0000 0000',
  'a question with AD and CD': `1234 0130 0001 0000 0000 0000 ${example} 00ff 0001`,
  'a question without AD': question,
  'a status request': '1234 1000 0000 0000 0000 0000',
  PTR: answer('000c', example),
  SRV: `1234 8400 0000 0001 0000 0000 05 ${ascii('_http')} 04 ${ascii('_tcp')} ${example}
    0021 0001 00000e10 0013 0001 0002 0050 ${example}`,
  'TXT of several strings, odd octets in them': answer('0010', `03 ${ascii('a"b')} 03 5cff41`),
  'TXT without a string': answer('0010', ''),
  'A of three octets': answer('0001', 'c00002'),
  'AAAA of four octets': answer('001c', 'c0000201'),
  'a type that nobody knows': answer('fff0', 'abcdef'),
  'dots and other octets in labels': `1234 0100 0001 0000 0000 0000 03 612e62 03 205c22 02 c3bc 00 0001 0001`,
  'the class of Chaos': `1234 0100 0001 0000 0000 0000 ${example} 0010 0003`,
  'OPT with DO, version 1, extended RCODE': '1234 8000 0000 0000 0000 0001 00 0029 1000 01 01 8001 0000',
  'OPT with cookies of both': `1234 8000 0000 0000 0000 0001 00 0029 04d0 00000000 0014
    000a 0010 0102030405060708 1112131415161718`,
  NSEC3: answer(
    '0032',
    `01 01 000c 04 aabbccdd 14 0708090a0b0c0d0e0f101112131415161718191a 0006 400100000003 0101 40`,
  ),
  'NSEC without a bit map': answer('002f', example),
  SVCB: answer(
    '0040',
    `0001 ${example} 0000 0004 00010003 0001 0009 02 6832 05 68332d3239 0002 0000 0003 0002 0050
    0004 0008 01020304 05060708 0005 0005 68656c6c6f 0006 0010 20010db8000000000000000000000001
    029b 0003 616263`,
  ),
  'SVCB, an alias': answer('0040', `0000 ${example}`),
  CDS: answer('003b', `1234 0d 02 ${'ab'.repeat(32)}`),
  'CDNSKEY that is revoked': answer('003c', `0181 03 0d ${'0102030405060708'.repeat(8)}`),
  DNAME: answer('0027', example),
  'OPT with an error, padding, a subnet and keep-alive': `1234 8000 0000 0000 0000 0001 00 0029 04d0 00000000 0030
    000f 0009 0007 65787069726564 000c 0008 0000000000000000 0008 0007 0001 18 00 c00002 000b 0002 0064
    000f 0002 0016`,
  'OPT with an option that nobody knows': `1234 8000 0000 0000 0000 0001 00 0029 04d0 00000000 0006
    fde9 0002 beef`,
  'a pointer to itself': '1234 0100 0001 0000 0000 0000 c00c 0001 0001',
  'a pointer forward': '1234 0100 0001 0000 0000 0000 c012 0001 0001 0161 00',
  'a reserved kind of label': '1234 0100 0001 0000 0000 0000 8161 00 0001 0001',
  'an MX whose name ends too early': answer('000f', '000a 00 00'),
  'octets behind the message': `${question} 0000`,
  'a count without its record': '1234 8400 0000 0002 0000 0000 00 0001 0001 00000001 0004 c0000201',
  'a record cut in its RDATA': '1234 8400 0000 0001 0000 0000 00 0001 0001 00000001 0004 c000',
  'half a header': '1234 8400 0000',
};

const frames: Readonly<Record<string, Uint8Array>> = {
  ...Object.fromEntries(Object.entries(messages).map(([name, text]) => [`DNS: ${name}`, udp(text)])),
  'DNS over TCP': tcp(1, frameDns(hex(question))),
  'DNS over TCP: two messages': tcp(2, frameDns(hex(question)), frameDns(hex(answer('0001', 'c0000201')))),
  'DNS in what an ICMP error quotes': ip({
    kind: 'icmp',
    message: {
      ...{type: 3, code: 3, rest: 0},
      payload: ropeFromBytes(encodeIpPacket(packet(datagram(hex(question))))),
    },
  }),
};

/** A segment that cuts a message. */
export const cutSegments: readonly Uint8Array[] = [
  tcp(3, frameDns(hex(question)).slice(0, -1)),
  tcp(3, frameDns(hex(question)), hex('00')),
  tcp(3, hex(question)),
  tcp(3, hex('0000')),
];

const exceptions: Readonly<Record<string, readonly string[]>> = {
  // Wireshark takes the name apart; we show it as that of any record.
  'DNS: SRV': ['dns.resp.name'],
  // Wireshark says that the length is wrong; we show the octets too.
  'DNS: A of three octets': ['dns.data'],
  'DNS: AAAA of four octets': ['dns.data'],
  // Wireshark counts the dots, also those within a label.
  'DNS: dots and other octets in labels': ['dns.count.labels'],
};

export const dnsOddities: readonly Oddity[] = Object.entries(frames).map(([name, bytes]) => ({
  name,
  linkType: 1,
  bytes,
  ...(exceptions[name] && {except: exceptions[name]}),
}));
