// Random names, records and messages: every shape that the types allow and the wire can carry.
import fc from 'fast-check';
import type {DnsMessage, DnsQuestion, DnsRecord, RData} from '../../../source/wire/dns/message.ts';
import {type DnsName, labelText, nameOctets, nameOf} from '../../../source/wire/dns/name.ts';
import {formatIpAddress} from '../../../source/wire/ip-address.ts';
import {hexOf} from '../../../source/wire/octets.ts';

const octet = fc.nat(0xff);
const word = fc.nat(0xffff);
const long = fc.nat(0xffffffff);
const hex = (maxLength: number) => fc.uint8Array({maxLength}).map((bytes) => hexOf(bytes));
const addressOf = (length: number) =>
  fc.uint8Array({minLength: length, maxLength: length}).map(formatIpAddress);

/** Few words, so that names share ends; some labels of any octets. */
const label = fc.oneof(
  {weight: 6, arbitrary: fc.constantFrom('www', 'abc', 'ABC', 'com', 'ns1', 'x', 'a'.repeat(63))},
  {weight: 1, arbitrary: fc.uint8Array({minLength: 1, maxLength: 63}).map(labelText)},
);

export const names: fc.Arbitrary<DnsName> = fc
  .array(label, {maxLength: 6})
  .map(nameOf)
  .filter((name) => nameOctets(name) <= 255);

type Typed = {readonly type: number; readonly data: RData};

const typed = (type: number, data: fc.Arbitrary<RData>): fc.Arbitrary<Typed> =>
  data.map((one) => ({type, data: one}));

const soa = fc.record({
  kind: fc.constant('SOA' as const),
  mname: names,
  rname: names,
  serial: long,
  refresh: long,
  retry: long,
  expire: long,
  minimum: long,
});
const srv = fc.record({
  kind: fc.constant('SRV' as const),
  priority: word,
  weight: word,
  port: word,
  target: names,
});

const data: fc.Arbitrary<Typed> = fc.oneof(
  typed(
    1,
    addressOf(4).map((address) => ({kind: 'A', address})),
  ),
  typed(
    28,
    addressOf(16).map((address) => ({kind: 'AAAA', address})),
  ),
  typed(
    2,
    names.map((name) => ({kind: 'NS', name})),
  ),
  typed(
    5,
    names.map((name) => ({kind: 'CNAME', name})),
  ),
  typed(
    12,
    names.map((name) => ({kind: 'PTR', name})),
  ),
  typed(6, soa),
  typed(15, fc.record({kind: fc.constant('MX' as const), preference: word, exchange: names})),
  typed(
    16,
    fc.array(hex(255), {minLength: 1, maxLength: 3}).map((strings) => ({kind: 'TXT', strings})),
  ),
  typed(33, srv),
  typed(
    1234,
    hex(40).map((octets) => ({kind: 'raw', octets})),
  ),
);

/** Few owners and types, so that there are sets of several records. */
export const records: fc.Arbitrary<DnsRecord> = fc
  .tuple(names, data, fc.nat(0xffffffff))
  .map(([name, one, ttl]) => ({name, class: 1, ttl, ...one}));

const opt: fc.Arbitrary<DnsRecord> = fc
  .tuple(word, long, fc.array(fc.record({code: word, data: hex(20)}), {maxLength: 2}))
  .map(([size, ttl, options]) => ({
    name: '.',
    type: 41,
    class: size,
    ttl,
    data: {kind: 'OPT' as const, options},
  }));

const questions: fc.Arbitrary<DnsQuestion> = fc.record({name: names, type: word, class: word});

const flag = fc.boolean();
const section = fc.array(records, {maxLength: 5});

export const messages: fc.Arbitrary<DnsMessage> = fc
  .record({
    id: word,
    opcode: fc.nat(15),
    flags: fc.record({qr: flag, aa: flag, tc: flag, rd: flag, ra: flag, ad: flag, cd: flag}),
    rcode: fc.nat(15),
    questions: fc.array(questions, {maxLength: 2}),
    answers: section,
    authorities: section,
    additionals: section,
    opt: fc.option(opt, {nil: undefined}),
    first: octet,
  })
  .map(({opt: one, first, additionals, ...rest}) => {
    const at = first % (additionals.length + 1);
    return {...rest, additionals: one ? additionals.toSpliced(at, 0, one) : additionals};
  });
