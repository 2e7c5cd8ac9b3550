// The list's `/`: display filters and words; what cannot be read says where and what was meant.

import fc from 'fast-check';
import {expect, test} from 'vitest';
import {everywhere} from '../../../source/lesson/everywhere.ts';
import {nextFound} from '../../../source/view/list/list-filter.ts';
import type {TcpSegment} from '../../../source/wire/tcp.ts';
import {flagNames} from '../../../source/wire/tcp.ts';
import {teardownScenario} from '../../helpers/scenarios.ts';
import {runs} from '../../helpers/seeds.ts';
import {run} from '../../helpers/traces.ts';
import {filterPackets} from './filtered.ts';

const trace = run(teardownScenario({faults: [{kind: 'drop', at: {packet: 8}}]}));

const segments = (): Map<number, TcpSegment> => {
  const found = new Map<number, TcpSegment>();
  for (let id = 1; id <= trace.packetCount; id++) {
    const payload = trace.packet(id).frame?.payload;
    if (payload?.kind === 'ip' && payload.packet.transport.kind === 'tcp')
      found.set(id, payload.packet.transport.segment);
  }
  return found;
};

const where = (wanted: (segment: TcpSegment, id: number) => boolean): number[] =>
  [...segments()].filter(([id, segment]) => wanted(segment, id)).map(([id]) => id);

const idsOf = (typed: string): readonly number[] | string => {
  const found = filterPackets(trace, typed);
  return found.kind === 'found' ? found.ids : found.kind;
};

test('display filters, by an oracle over the segments', () => {
  const fin = where((segment) => flagNames(segment).includes('FIN'));
  expect(fin.length).toBeGreaterThan(2);
  expect(idsOf('tcp.flags.fin == 1')).toEqual(fin);
  expect(idsOf('  tcp.flags.fin eq 1 ')).toEqual(fin);
  expect(idsOf('tcp.len > 0 && ip.src == client')).toEqual(
    where((segment, id) => segment.payload.length > 0 && trace.packet(id).from === 'client'),
  );
  expect(idsOf('!(tcp.flags.ack == 1)')).toEqual(where((segment) => !flagNames(segment).includes('ACK')));
  expect(idsOf('frame.number >= 3 and frame.number < 6')).toEqual([3, 4, 5]);
  expect(idsOf('tcp.options.mss_val')).toEqual([1, 2]);
});

test('words: flags, numbers, hosts in both languages, fates; all of them', () => {
  const fin = where((segment) => flagNames(segment).includes('FIN'));
  expect(idsOf('FIN')).toEqual(fin);
  expect(idsOf('fin')).toEqual(fin);
  expect(idsOf('FIN,ACK')).toEqual(fin);
  expect(idsOf('lost')).toEqual([8]);
  expect(idsOf('丢失')).toEqual([8]);
  expect(idsOf('again')).toEqual(where((_, id) => trace.packet(id).retransmission));
  expect(idsOf('seq=1001 len=100')).toEqual([4]);
  expect(idsOf('nothing like that')).toEqual([]);
  expect(idsOf('客户端')).toHaveLength(trace.packetCount);
  expect(idsOf('')).toBe('all');
  expect(idsOf('   ')).toBe('all');
});

test('what cannot be read says where it stops and names the nearest field', () => {
  expect(filterPackets(trace, 'tcp.flag.syn == 1')).toMatchObject({
    kind: 'problem',
    offset: 0,
    remedy: {en: expect.stringContaining('did you mean tcp.flags.syn?')},
  });
  expect(filterPackets(trace, 'tcp.len > 0 && ip.scr == client')).toMatchObject({
    kind: 'problem',
    offset: 15,
    remedy: everywhere({en: expect.stringContaining('ip.src'), zh: expect.stringContaining('是不是')}),
  });
  expect(filterPackets(trace, 'tcp.windows')).toMatchObject({kind: 'problem', offset: 0});
  expect(filterPackets(trace, 'tcp.flags.syn')).toMatchObject({
    kind: 'problem',
    remedy: {en: 'write tcp.flags.syn == 1'},
  });
  expect(filterPackets(trace, 'tcp.len ==')).toMatchObject({kind: 'problem', offset: 10});
  expect(filterPackets(trace, 'ip.src == nobody')).toMatchObject({kind: 'problem', offset: 10});
  expect(filterPackets(trace, 'tcp.len = 1')).toMatchObject({kind: 'problem', offset: 8});
});

test('any text gives packets, all or a problem', () => {
  const part = fc.constantFrom(
    'tcp.len',
    '==',
    '1',
    '&&',
    '(',
    ')',
    'ip.src',
    'client',
    'or',
    'SYN',
    '!',
    '"',
    ' ',
    '.',
    '=',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(part, {maxLength: 8}).map((parts) => parts.join(' ')),
      ),
      (typed) => {
        const found = filterPackets(trace, typed);
        if (found.kind === 'found')
          for (const id of found.ids) expect(id >= 1 && id <= trace.packetCount).toBe(true);
        if (found.kind === 'problem') {
          expect(found.offset).toBeLessThanOrEqual(typed.length);
          expect([found.message.en, found.message.zh, found.remedy.en, found.remedy.zh]).not.toContain('');
        }
      },
    ),
    {numRuns: runs(600)},
  );
});

test('next and previous hit go round', () => {
  expect(nextFound([2, 5, 9], 5, 1)).toBe(9);
  expect(nextFound([2, 5, 9], 9, 1)).toBe(2);
  expect(nextFound([2, 5, 9], 1, -1)).toBe(9);
  expect(nextFound([2, 5, 9], 6, -1)).toBe(5);
  expect(nextFound([], 6, 1)).toBeUndefined();
});
