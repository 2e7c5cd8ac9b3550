// The notation of --fault: every example of the documentation, round trips, and errors that name the part at fault.
import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {Fault} from '../../source/sim/fault.ts';
import {formatFault, longestUs, parseDuration, parseFault, parseNth} from '../../source/sim/fault-text.ts';
import {runs} from '../helpers/seeds.ts';

const read = (text: string): Fault => {
  const result = parseFault(text);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

test.each<[string, Fault]>([
  ['drop@packet=3', {kind: 'drop', at: {packet: 3}}],
  [
    'delay=4s@from=client,flags=SYN,nth=1',
    {kind: 'delay', byUs: 4_000_000, at: {from: 'client', flags: ['SYN'], nth: {first: 1, last: 1}}},
  ],
  ['dup=20s@from=server,data', {kind: 'dup', afterUs: 20_000_000, at: {from: 'server', data: true}}],
  ['dup@to=server', {kind: 'dup', afterUs: 0, at: {to: 'server'}}],
  [
    'drop@from=client,seq=4294967295,nth=2',
    {kind: 'drop', at: {from: 'client', seq: 4_294_967_295, nth: {first: 2, last: 2}}},
  ],
  ['drop@from=10.0.0.2,ack=0', {kind: 'drop', at: {from: '10.0.0.2', ack: 0}}],
  ['corrupt@link=wan', {kind: 'corrupt', where: 'link', at: {link: 'wan'}}],
  ['corrupt=memory@packet=2', {kind: 'corrupt', where: 'memory', at: {packet: 2}}],
  ['reorder=2@from=client,nth=2-', {kind: 'reorder', places: 2, at: {from: 'client', nth: {first: 2}}}],
  [
    'edit:tcp.ack_raw=500@from=server,flags=SYN+ACK',
    {kind: 'edit', field: 'tcp.ack_raw', value: 500, mend: true, at: {from: 'server', flags: ['SYN', 'ACK']}},
  ],
  [
    'edit!:tcp.checksum=0@retransmission,nth=2-4',
    {
      kind: 'edit',
      field: 'tcp.checksum',
      value: 0,
      mend: false,
      at: {retransmission: true, nth: {first: 2, last: 4}},
    },
  ],
])('%s', (text, fault) => {
  expect(read(text)).toEqual(fault);
  expect(read(formatFault(fault))).toEqual(fault);
});

test.each([
  ['drap@packet=3', 'kind', 'drap'],
  ['drop', 'pattern', 'drop'],
  ['drop@', 'pattern', 'drop@'],
  ['drop@packet=0', 'pattern', 'packet=0'],
  ['drop@packet=x', 'pattern', 'packet=x'],
  ['drop@seq=4294967296', 'pattern', 'seq=4294967296'],
  ['drop@ack=', 'pattern', 'ack='],
  ['drop@form=client', 'pattern', 'form'],
  ['drop@flags=SYM', 'pattern', 'flags=SYM'],
  ['drop=1@packet=1', 'argument', 'drop=1'],
  ['delay@packet=1', 'argument', 'delay'],
  ['delay=4@packet=1', 'argument', 'delay=4'],
  ['reorder=0@packet=1', 'argument', 'reorder=0'],
  ['edit:ack=@packet=1', 'argument', 'edit:ack='],
  ['drop@packet=1@packet=2', 'pattern', 'drop@packet=1@packet=2'],
])('%s is refused', (text, code, part) => {
  expect(parseFault(text)).toMatchObject({ok: false, error: {code, part}});
});

test.each([
  ...['edit:x', 'delay', 'dup=', 'reorder', 'corrupt=x', 'drop=1'].map((head) => `${head}@packet=1`),
  ...['drop', 'drop@packet=0', 'drop@seq=', 'drop@ack=x', 'drop@nth=0'],
])('the remedy for %s works', (text) => {
  const result = parseFault(text);
  if (result.ok) throw new Error('it is read');
  const {code, allowed} = result.error;
  for (const each of allowed) {
    const whole =
      code === 'argument' ? `${each}@packet=1` : each.startsWith('@') ? `drop${each}` : `drop@${each}`;
    expect(parseFault(whole).ok, whole).toBe(true);
  }
});

test('any text gives a fault or an error', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (a, b) => {
      for (const text of [a, `${a}@${b}`, `drop@${a}`, `edit:${a}=1@packet=1`]) {
        const result = parseFault(text);
        if (result.ok) expect(parseFault(formatFault(result.value))).toEqual(result);
      }
    }),
    {numRuns: runs(500)},
  );
});

test.each<[string, number | undefined]>([
  ['1us', 1],
  ['1ms', 1000],
  ['1s', 1_000_000],
  ['1m', 60_000_000],
  ['1h', 3_600_000_000],
  ['1.5ms', 1500],
  ['0.000001s', 1],
  // Whole microseconds.
  ['0.4us', 0],
  ['0.5us', 1],
  ['999999999999999us', 999_999_999_999_999],
  ['1000000000000000us', undefined],
  ['0.1234567s', undefined],
  ['1.s', undefined],
  ['.5s', undefined],
  ['1d', undefined],
  ['1', undefined],
  ['s', undefined],
  ['-1s', undefined],
  ['1s ', undefined],
])('a duration: %s', (text, us) => {
  expect(parseDuration(text)).toBe(us);
});

test.each<[string, ReturnType<typeof parseNth>]>([
  ['1', {first: 1, last: 1}],
  ['2-', {first: 2}],
  ['2-4', {first: 2, last: 4}],
  ['999999999', {first: 999_999_999, last: 999_999_999}],
  ['1000000000', undefined],
  ['0', undefined],
  ['01', undefined],
  ['2-0', undefined],
  ['-2', undefined],
  ['2-4-6', undefined],
  ['', undefined],
])('nth=%s', (text, nth) => {
  expect(parseNth(text)).toEqual(nth);
});

/** The last that is read, and the first that is not. */
test.each([
  [`delay=${longestUs}us@data`, `delay=${longestUs + 1}us@data`],
  [`dup=${longestUs}us@data`, `dup=${longestUs + 1}us@data`],
  ['delay=1us@data', 'delay=0us@data'],
  ['dup@data', 'dup=0us@data'],
  ['reorder=1@data', 'reorder=0@data'],
  ['reorder=1000@data', 'reorder=1001@data'],
  ['drop@packet=9999999999', 'drop@packet=10000000000'],
  ['drop@packet=1', 'drop@packet=0'],
  ['drop@seq=4294967295', 'drop@seq=4294967296'],
  ['drop@ack=4294967295', 'drop@ack=4294967296'],
  ['drop@seq=0', 'drop@seq='],
  ['drop@data', 'drop@data=1'],
  ['drop@retransmission', 'drop@retransmission=yes'],
  ['drop@from=a', 'drop@from='],
  ['drop@to=a', 'drop@to'],
  ['drop@link=a', 'drop@link='],
  ['drop@flags=SYN', 'drop@flags='],
  ['drop@data', 'drop@data@data'],
  ['drop@data', 'drop=@data'],
  ['corrupt=memory@data', 'corrupt=disk@data'],
  ['edit:tcp.window_size_value=0xffffffff@data', 'edit:tcp.window_size_value=0x100000000@data'],
  ['edit:tcp.window_size_value=4294967296@data', 'edit:tcp.window_size_value=42949672960@data'],
  ['edit!:ip.ttl=1@data', 'edit!!:ip.ttl=1@data'],
  ['edit:ip.ttl=0xFf@data', 'edit:ip.ttl=0xfg@data'],
  ['edit:i=1@data', 'edit:I=1@data'],
])('%s is read, %s is not', (good, bad) => {
  expect([parseFault(good).ok, parseFault(bad).ok]).toEqual([true, false]);
});

test.each([
  ['drop@data', 'drop@data'],
  ['delay=1000ms@nth=2-2,data', 'delay=1s@data,nth=2'],
  ['delay=1500us@data', 'delay=1500us@data'],
  ['delay=2000us@data', 'delay=2ms@data'],
  ['dup=1m@to=b,from=a,link=l', 'dup=60s@from=a,to=b,link=l'],
  ['corrupt@packet=3', 'corrupt@packet=3'],
  ['corrupt=memory@nth=2-4,data', 'corrupt=memory@data,nth=2-4'],
  ['reorder=3@nth=2-,retransmission', 'reorder=3@retransmission,nth=2-'],
  ['edit:ip.ttl=0x10@ack=0,flags=SYN+ACK', 'edit:ip.ttl=16@flags=SYN+ACK,ack=0'],
  ['edit!:ip.ttl=1@seq=0', 'edit!:ip.ttl=1@seq=0'],
])('%s is written %s', (text, written) => {
  expect(formatFault(read(text))).toBe(written);
});

test('what would have been right is told', () => {
  const remedies = [
    'drap@data',
    'drop@form=x',
    'drop',
    'drop@nth=0',
    'reorder@data',
    'delay@data',
    'dup=1@data',
    'edit:tcp.ack_raw@data',
    'corrupt=disk@data',
    'drop=1@data',
  ].map((text) => {
    const result = parseFault(text);
    return result.ok ? [] : result.error.allowed;
  });
  expect(remedies).toEqual([
    ['drop', 'delay', 'dup', 'corrupt', 'reorder', 'edit'],
    ['packet', 'from', 'to', 'link', 'nth', 'flags', 'data', 'retransmission', 'seq', 'ack'],
    ['@packet=3', '@from=client,flags=SYN,nth=1'],
    ['nth=1', 'nth=2-', 'nth=2-4'],
    ['reorder=2'],
    ['delay=200ms'],
    ['dup', 'dup=20s'],
    ['edit:tcp.ack_raw=500', 'edit!:tcp.checksum=0'],
    ['corrupt', 'corrupt=memory'],
    ['drop'],
  ]);
  // Each of them is read.
  for (const text of remedies.slice(4).flat()) expect(read(`${text}@data`).at).toEqual({data: true});
});
