// What `inspect` says where something is wrong between two ends, or odd about how they met. Worked out by hand from RFC 9293 §3.4.2,
// §3.6.1, RFC 2923 §2.1; each course was recorded between two Linux 6.18 kernels, too.

import {fileURLToPath} from 'node:url';
import {describe, expect, it, test} from 'vitest';
import {inspectCapture} from '../../source/io/capture.ts';
import {allOf} from '../../source/view/inspect/selection.ts';
import {seq} from '../../source/wire/seq.ts';
import '../helpers/meaning.ts';
import type {Meaning} from '../helpers/meaning.ts';
import {idsIn, inspectedPassing, oddIn, type Passed, reportIn} from '../helpers/passed-capture.ts';

const open = (atMs: number, isn = 100): readonly Passed[] => [
  {atMs, by: 'client', flags: 'S', seq: isn, options: [{kind: 'mss', mss: 1460}]},
  {atMs: atMs + 20, by: 'server', flags: 'SA', seq: 300, ack: isn + 1, options: [{kind: 'mss', mss: 1460}]},
  {atMs: atMs + 20.1, by: 'client', flags: 'A', seq: isn + 1, ack: 301},
];

const odd = (passed: readonly Passed[]): string => oddIn(inspectedPassing(passed)).join('\n');

const say = (atMs: number, first: number, length: number): Passed => ({
  ...{atMs, by: 'client', flags: 'PA', seq: first, ack: 301},
  data: 'x'.repeat(length),
});
const ack = (atMs: number, to: number): Passed => ({atMs, by: 'server', flags: 'A', seq: 301, ack: to});

describe('an end that is heard of no more', () => {
  const asked = [say(30, 101, 10), ack(50, 111), say(100, 111, 10), say(320, 111, 10), say(1400, 111, 10)];
  const longer = [...asked, say(3000, 111, 10), say(6000, 111, 10)];

  it('is found', () => {
    expect(idsIn(inspectedPassing([...open(0), ...longer]))).toContain('peer-gone');
  });

  it('not before a second, nor after one repetition, nor where it answers in the end, nor what never opened', () => {
    const nothing = (...passed: readonly Passed[]) =>
      expect(idsIn(inspectedPassing(passed))).not.toContain('peer-gone');
    nothing(...open(0), ...asked.slice(0, 4), say(900, 111, 10));
    nothing(...open(0), ...asked.slice(0, 3), say(1400, 111, 10));
    nothing(...open(0), ...asked, ack(1500, 121));
    const [syn, synAck] = open(0);
    if (syn && synAck) nothing(syn, synAck, {...synAck, atMs: 1020}, {...synAck, atMs: 3020});
  });
});

describe('segments of one size that never come, while smaller ones do', () => {
  const large = (atMs: number) => say(atMs, 101, 1400);
  const four = [large(70), large(300), large(700), large(1500)];
  const small: Passed = {
    ...ack(60, 101),
    options: [{kind: 'sack', blocks: [{left: seq(1501), right: seq(1551)}]}],
  };

  const found = (...passed: readonly Passed[]) => idsIn(inspectedPassing(passed));

  it('look like a link that lets no larger packets pass', () => {
    const tail = [say(31, 1501, 50), small];
    expect(found(...open(0), ...tail, ...four)).toContain('mtu-black-hole');
    expect(found(...open(0), ...tail, ...four.slice(0, 3))).not.toContain('mtu-black-hole');
  });

  it('but not where none came at all, nor where another as large did', () => {
    expect(found(...open(0), ...four)).not.toContain('mtu-black-hole');
    const before = [say(30, 101, 1400), ack(50, 1501)];
    const again = [1, 2, 3, 4].map((n) => say(400 * n, 1501, 1400));
    expect(found(...open(0), ...before, ...again)).not.toContain('mtu-black-hole');
  });
});

describe('ports that are used again', () => {
  const closed = (first: 'client' | 'server'): readonly Passed[] => {
    const [a, b] = first === 'client' ? ([101, 301] as const) : ([301, 101] as const);
    const second = first === 'client' ? 'server' : 'client';
    return [
      ...open(0),
      {atMs: 30, by: first, flags: 'FA', seq: a, ack: b},
      {atMs: 50, by: second, flags: 'FA', seq: b, ack: a + 1},
      {atMs: 70, by: first, flags: 'A', seq: a + 1, ack: b + 1},
    ];
  };

  it.each(['server', 'client'] as const)('after a close by the %s', (first) => {
    expect(odd([...closed(first), ...open(1000, 90_000)])).toSay({
      ...{says: 'findings.openingTexts.port-reused', before: 1, us: '930 ms', waiting: first},
    });
  });

  it('but not where that was long ago, nor where it was not over', () => {
    expect(odd([...closed('client'), ...open(1_000_000, 90_000)])).not.toSay({
      says: 'findings.openingTexts.port-reused',
    });
    expect(odd([...open(0), ...open(1000, 90_000)])).not.toSay({says: 'findings.openingTexts.port-reused'});
  });
});

test('who calls asks, who is called answers: a client that pauses keeps nobody waiting', () => {
  const talk: readonly Passed[] = [
    ...open(0),
    say(30, 101, 10),
    {atMs: 50, by: 'server', flags: 'PA', seq: 301, ack: 111, data: 'answer'},
  ];
  const later = inspectedPassing([
    ...talk,
    {atMs: 2000, by: 'client', flags: 'PA', seq: 111, ack: 307, data: 'more'},
  ]);
  expect(idsIn(later)).toContain('request-waits');
  expect(idsIn(later)).not.toContain('answer-waits');
});

const made = fileURLToPath(new URL('../fixtures/captures-made/', import.meta.url));

const reportOf = async (name: string, language: 'en' | 'zh' = 'en'): Promise<string> => {
  const read = await inspectCapture(made + name);
  if (!read.ok) throw new Error(name);
  const {inspector, facts} = read.value;
  return reportIn({name, facts, inspector, told: allOf(inspector, [])}, language);
};

// Their README says what was done.
describe('recorded between two Linux kernels', () => {
  it.each<readonly [name: string, told: Meaning, never: readonly string[]]>([
    [
      'nagle-delayed-ack.pcap',
      {says: 'findings.briefTexts.nagle-delayed-ack'},
      ['carryingTexts.sender-waits'],
    ],
    [
      'long-queue.pcap.gz',
      {says: 'findings.carryingTexts.path-rate', leastUs: '20.9 ms'},
      ['carryingTexts.congestion-window', 'carryingTexts.loss'],
    ],
    [
      'path-stall.pcap.gz',
      {says: 'findings.carryingTexts.needless-repeats'},
      ['carryingTexts.sender-waits', 'carryingTexts.answer-waits'],
    ],
    ['accept-queue-full.pcap', {says: 'findings.briefTexts.syn-repeated'}, ['carryingTexts.loss']],
    [
      'firewall-reset.pcap',
      {says: 'findings.endingTexts.reset-forged', by: 'server'},
      ['endingTexts.reset-half-open'],
    ],
    [
      'mtu-black-hole.pcap.gz',
      {says: 'findings.carryingTexts.mtu-black-hole', large: 1448, times: 7},
      ['captureTexts.capture-gap'],
    ],
  ])('%s', async (name, told, never) => {
    const text = await reportOf(name);
    expect(text).toSay(told);
    for (const other of never) expect(text).not.toSay({says: `findings.${other}`});
    expect(await reportOf(name, 'zh')).toSay(told);
  });
});
