// Faults as lessons write them, as text and as a mapping, kind by kind and key by key (docs/lessons.md).
import {describe, expect, test} from 'vitest';
import {readFaults} from '../../source/lesson/fault-reader.ts';
import {Problems} from '../../source/lesson/problems.ts';
import type {FaultFile} from '../../source/lesson/schema-script.ts';
import {type Told, toldProblem} from './told-problem.ts';

const read = (...faults: readonly FaultFile[]) => {
  const problems = new Problems();
  const names = {hosts: ['client', 'server'], links: ['path']};
  const found = readFaults(faults, ['runs', 'base', 'faults'], names, problems);
  const told = problems.found.map(
    ({path, inside, ...problem}): Told => ({
      ...toldProblem(problem),
      at: path.slice(3).join(' ') + (inside ? `+${inside.offset} of ${inside.value}` : ''),
    }),
  );
  return {found, told};
};

test.each<readonly [FaultFile, object]>([
  ['drop@packet=3', {kind: 'drop', at: {packet: 3}}],
  [{drop: {packet: 3}}, {kind: 'drop', at: {packet: 3}}],
  [{delay: {by: '5ms', packet: 3}}, {kind: 'delay', byUs: 5000, at: {packet: 3}}],
  [{dup: {by: '2s', packet: 3}}, {kind: 'dup', afterUs: 2_000_000, at: {packet: 3}}],
  [{dup: {packet: 3}}, {kind: 'dup', afterUs: 0, at: {packet: 3}}],
  [{corrupt: {packet: 3}}, {kind: 'corrupt', where: 'link', at: {packet: 3}}],
  [{corrupt: {where: 'memory', packet: 3}}, {kind: 'corrupt', where: 'memory', at: {packet: 3}}],
  [{reorder: {places: 2, packet: 3}}, {kind: 'reorder', places: 2, at: {packet: 3}}],
  [
    {edit: {field: 'tcp.len', value: 7, packet: 3}},
    {kind: 'edit', field: 'tcp.len', value: 7, mend: true, at: {packet: 3}},
  ],
  [
    {edit: {field: 'ip.ttl', value: 1, checksum: 'broken', packet: 3}},
    {kind: 'edit', field: 'ip.ttl', value: 1, mend: false, at: {packet: 3}},
  ],
])('%j', (fault, expected) => {
  expect(read(fault)).toEqual({found: [expected], told: []});
});

test('which packets', () => {
  const at = {from: 'client', to: 'server', link: 'path', data: false, retransmission: true} as const;
  expect(read({drop: {...at, flags: ['SYN', 'ACK'], nth: '2-4'}}).found).toEqual([
    {kind: 'drop', at: {...at, flags: ['SYN', 'ACK'], nth: {first: 2, last: 4}}},
  ]);
  const nth = (given: string | number) => read({drop: {nth: given}}).found[0]?.at.nth;
  expect([nth(3), nth('3'), nth('3-')]).toEqual([{first: 3, last: 3}, {first: 3, last: 3}, {first: 3}]);
});

describe('what is wrong', () => {
  test('two things at once, or none', () => {
    for (const fault of [{drop: {packet: 1}, dup: {packet: 1}}, {}]) {
      const {found, told} = read({drop: {packet: 9}}, fault);
      expect(found).toEqual([{kind: 'drop', at: {packet: 9}}]);
      expect(told).toMatchObject([{at: '1', says: 'faultReader.fromObject.aFaultDoes'}]);
    }
  });

  test('a delay of 0', () => {
    expect(read({delay: {by: '0ms', packet: 1}}).told).toMatchObject([
      {at: '0 delay by', says: 'faultReader.fromObject.noDelay'},
    ]);
  });

  test('no packet', () => {
    expect(read({drop: {}})).toEqual({
      found: [],
      told: [{at: '0', says: 'faultReader.fromObject.thisFaultNames'}],
    });
  });

  test('hosts and links that nobody knows, each where it stands', () => {
    const {found, told} = read({drop: {from: 'clint', to: 'router', link: 'pth'}});
    expect(found).toEqual([]);
    expect(told).toMatchObject([
      {at: '0 drop from', given: 'clint', near: 'client', all: 'client, server'},
      {at: '0 drop to', given: 'router', remedy: 'allowedHere'},
      {at: '0 drop link', given: 'pth', near: 'path', all: 'path'},
    ]);
    for (const {says} of told) expect(says).toBe('problem.unknownWord');
    // Of a text there are no keys.
    expect(read('drop@from=clint').told.map(({at}) => at)).toEqual(['0 from']);
  });

  test('a field that is none, or that cannot be edited because it is ours', () => {
    const field = (name: string) =>
      read({edit: {field: name, value: 1, packet: 1}}).told.map(({at, says, given}) => [at, says, given]);
    expect(field('tcp.lem')).toEqual([['0 edit field', 'problem.unknownWord', 'tcp.lem']]);
    expect(field('flags')).toEqual([['0 edit field', 'problem.unknownWord', 'flags']]);
    for (const known of [
      'eth.type',
      'ip.version',
      'ip.hdr_len',
      'ip.proto',
      'ip.flags',
      'ip.frag_offset',
      'ip.checksum',
    ])
      expect(field(known)).toEqual([]);
    for (const known of ['tcp.checksum', 'udp.checksum', 'icmp.checksum', 'icmpv6.checksum', 'dns.id'])
      expect(field(known)).toEqual([]);
    expect(read('edit:tcp.lem=1@packet=1').told.map(({at}) => at)).toEqual(['0']);
  });

  test('text: the part that is none, and where it begins', () => {
    expect(read('drop@packt=3').told).toMatchObject([
      {at: '0+5 of drop@packt=3', says: 'faultReader.from', part: 'packt', near: 'packet'},
    ]);
    expect(read('drip@packet=3').told[0]?.at).toBe('0+0 of drip@packet=3');
  });
});
