// The notation of --fault: every example of the documentation, round trips, and errors that name the part at fault.
import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {Fault} from '../../source/sim/fault.ts';
import {formatFault, parseFault} from '../../source/sim/fault-text.ts';
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
