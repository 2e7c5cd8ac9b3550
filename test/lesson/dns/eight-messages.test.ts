// `show dns-iterative --json`: the eight messages in order. Oracles: RFC 1034 §5.3.3 (who asks whom, what stands in which
// section), RFC 1035 §4.1.1 (where the header's bits lie): read from the printed bytes, not by our decoder.
import {expect, test} from 'vitest';
import {traceLines} from '../../../source/account/trace-json.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';

const base = allRuns().find(({name}) => name === 'dns-iterative base') ?? expect.fail('no such run');
const lines = [...traceLines(traceOf(base), {title: 'x', notes: []})] as readonly Readonly<
  Record<string, unknown>
>[];

const headers = 14 + 20 + 8;

/** Of the copy that the maker sends; routers' copies are packets N.1. */
const messages = lines
  .filter(({kind, packet}) => kind === 'send' && typeof packet === 'number')
  .map(({host, bytes}) => {
    const octets = Buffer.from(String(bytes), 'hex').subarray(headers);
    const [id, flags, ...counts] = Array.from({length: 6}, (_, word) => octets.readUInt16BE(2 * word));
    const bit = (place: number): number => ((flags ?? 0) >> (15 - place)) & 1;
    return {host, id, qr: bit(0), aa: bit(5), rd: bit(7), ra: bit(8), rcode: (flags ?? 0) & 15, counts};
  });

// An OPT record (EDNS) stands in ADDITIONAL of all that local sends upstream and gets from there (RFC 6891 §6.1.1).
test('eight datagrams, in order: who, flags, how many records in each section', () => {
  expect(messages.map(({id: _id, ...rest}) => rest)).toEqual([
    {host: 'm', qr: 0, aa: 0, rd: 1, ra: 0, rcode: 0, counts: [1, 0, 0, 0]},
    {host: 'local', qr: 0, aa: 0, rd: 0, ra: 0, rcode: 0, counts: [1, 0, 0, 1]},
    {host: 'root', qr: 1, aa: 0, rd: 0, ra: 0, rcode: 0, counts: [1, 0, 1, 2]},
    {host: 'local', qr: 0, aa: 0, rd: 0, ra: 0, rcode: 0, counts: [1, 0, 0, 1]},
    {host: 'tld', qr: 1, aa: 0, rd: 0, ra: 0, rcode: 0, counts: [1, 0, 1, 2]},
    {host: 'local', qr: 0, aa: 0, rd: 0, ra: 0, rcode: 0, counts: [1, 0, 0, 1]},
    {host: 'auth', qr: 1, aa: 1, rd: 0, ra: 0, rcode: 0, counts: [1, 1, 0, 1]},
    {host: 'local', qr: 1, aa: 0, rd: 1, ra: 1, rcode: 0, counts: [1, 1, 0, 0]},
  ]);
});

test('each response has the id of its query; four queries have four ids', () => {
  const [one, two, three, four, five, six, seven, eight] = messages.map(({id}) => id);
  expect([three, five, seven, eight]).toEqual([two, four, six, one]);
  expect(new Set([one, two, four, six]).size).toBe(4);
});

const fields = (packet: number): Readonly<Record<string, unknown>> => {
  const line = lines.find((each) => each.kind === 'send' && each.packet === packet);
  const layers = (line?.layers ?? []) as readonly {
    readonly protocol: string;
    readonly fields: Readonly<Record<string, unknown>>;
  }[];
  return layers.find(({protocol}) => protocol === 'dns')?.fields ?? {};
};

test('all ask the same; the referrals and the answer name what the curriculum says', () => {
  for (let packet = 1; packet <= 8; packet++) expect(fields(packet)['dns.qry.name']).toBe('y.abc.com');
  expect(fields(3)).toMatchObject({'dns.ns': 'dns.com', 'dns.a': '198.51.100.2'});
  expect(fields(5)).toMatchObject({'dns.ns': 'dns.abc.com', 'dns.a': '203.0.113.53'});
  expect(fields(7)).toMatchObject({'dns.a': '203.0.113.80'});
  expect(fields(8)).toMatchObject({'dns.a': '203.0.113.80'});
});

test('every line says of itself that it is an event, whatever records it tells of', () => {
  const [header, ...rest] = lines;
  expect(header?.type).toBe('trace');
  expect(new Set(rest.slice(0, -1).map(({type}) => type))).toEqual(new Set(['event']));
  expect(rest.at(-1)?.type).toBe('end');
  expect(rest.find(({kind, op}) => kind === 'cache' && op === 'store')).toMatchObject({
    rrtype: 'NS',
    name: 'com.',
  });
});
