// The numbers of DNS. Oracle: tshark 4.0's own list of types (`tshark -G values`, dns.qry.type; * is ANY), IANA's of the others as RFC 1035 §4.1.1, RFC
// 2136 §2.2, RFC 6891 §9, RFC 7873 §8, RFC 6895 §3.2 give them; names of numbers without one by RFC 3597 §5.
import {expect, test} from 'vitest';
import {
  className,
  classNumber,
  Opcode,
  Rcode,
  RecordClass,
  RecordType,
  rcodeName,
  typeName,
  typeNumber,
} from '../../../source/wire/dns/registry.ts';

const listed = (text: string): readonly (readonly [string, number])[] =>
  text.split(/\s+/).map((each) => {
    const [number = '', name = ''] = each.split(':');
    return [name, Number(number)];
  });

test.each([
  [
    'types',
    RecordType,
    '1:A 2:NS 5:CNAME 6:SOA 10:NULL 12:PTR 13:HINFO 15:MX 16:TXT 17:RP 28:AAAA 29:LOC 33:SRV 35:NAPTR 39:DNAME 41:OPT 43:DS 44:SSHFP 46:RRSIG 47:NSEC 48:DNSKEY 50:NSEC3 51:NSEC3PARAM 52:TLSA 59:CDS 60:CDNSKEY 61:OPENPGPKEY 62:CSYNC 63:ZONEMD 64:SVCB 65:HTTPS 99:SPF 249:TKEY 250:TSIG 251:IXFR 252:AXFR 255:ANY 256:URI 257:CAA',
  ],
  ['classes', RecordClass, '1:IN 3:CH 4:HS 254:NONE 255:ANY'],
  ['operations', Opcode, '0:QUERY 1:IQUERY 2:STATUS 4:NOTIFY 5:UPDATE'],
  [
    'response codes',
    Rcode,
    '0:NOERROR 1:FORMERR 2:SERVFAIL 3:NXDOMAIN 4:NOTIMP 5:REFUSED 6:YXDOMAIN 7:YXRRSET 8:NXRRSET 9:NOTAUTH 10:NOTZONE 16:BADVERS 17:BADKEY 18:BADTIME 19:BADMODE 20:BADNAME 21:BADALG 22:BADTRUNC 23:BADCOOKIE',
  ],
])('%s', (_name, registry, numbers) => {
  expect(Object.fromEntries(Object.entries(registry))).toEqual(Object.fromEntries(listed(numbers)));
});

test('what has no name is called by its number', () => {
  expect([typeName(731), className(32), rcodeName(4095)]).toEqual(['TYPE731', 'CLASS32', 'RCODE4095']);
  expect([typeName(28), className(1), rcodeName(3)]).toEqual(['AAAA', 'IN', 'NXDOMAIN']);
});

test.each<[string, number | undefined]>([
  ['AAAA', 28],
  ['aaaa', 28],
  ['TYPE28', 28],
  ['type0', 0],
  ['TYPE65535', 65_535],
  ['TYPE65536', undefined],
  ['TYPE000001', undefined],
  ['TYPE', undefined],
  ['28', undefined],
  ['XTYPE28', undefined],
  ['toString', undefined],
  ['', undefined],
])('type %s', (text, number) => {
  expect(typeNumber(text)).toBe(number);
});

test('a class in the same way', () => {
  expect(['in', 'CLASS3', 'TYPE3'].map(classNumber)).toEqual([1, 3, undefined]);
});
