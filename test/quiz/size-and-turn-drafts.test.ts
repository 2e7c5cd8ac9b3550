// What is asked about sizes, turns, losses and alterations where others draw otherwise. Oracle: each header’s length by its RFC, who
// answers whom in RFC 9293 figures 6 and 12, with the packets of the runs.

import {describe, expect, test} from 'vitest';
import {everywhere} from '../../source/lesson/everywhere.ts';
import type {Draft} from '../../source/quiz/draft.ts';
import type {QuestionKind} from '../../source/quiz/kinds.ts';
import {promptText} from '../../source/quiz/prompt.ts';
import {about, draftsOf, drawing, lineOf, linesOf} from './drafts.ts';

const drawn = (run: string, kind: QuestionKind, index: number): readonly Draft[] =>
  draftsOf(about(run), kind, drawing(index));

const asText = ({prompt, hints, explain}: Draft): string =>
  [promptText(prompt), ...hints, explain].map(({en}) => en).join('\n');
const asChinese = ({prompt, hints, explain}: Draft): string =>
  [promptText(prompt), ...hints, explain].map(({zh}) => zh).join('\n');

// 20 octets of IPv4, 8 of UDP, 20 of TCP with 12 of options on SYN; 14 of Ethernet around all of it.
test.each<[string, number, readonly string[]]>([
  [
    'teardown',
    1,
    [
      '#1 32 | 52, 66, 32, 32, 20, 52, 46',
      '#3 20 | 40, 54, 20, 20, 20, 40, 34',
      '#4 20 | 140, 154, 100, 20, 120, 120, 40, 34',
      '#6 20 | 240, 254, 200, 20, 220, 220, 40, 34',
      '#10 20 | 90, 104, 50, 20, 70, 70, 40, 34',
    ],
  ],
  [
    'teardown',
    2,
    [
      '#1 0 | 52, 66, 32, 32, 20, 52, 14',
      '#3 0 | 40, 54, 20, 20, 20, 40, 14',
      '#4 100 | 140, 154, 100, 20, 120, 120, 40, 114',
      '#6 200 | 240, 254, 200, 20, 220, 220, 40, 214',
      '#10 50 | 90, 104, 50, 20, 70, 70, 40, 64',
    ],
  ],
  [
    'dns-recursion',
    1,
    [
      '#1 35 | 55, 69, 27, 8, 35, 47, 28, 49',
      '#2 46 | 66, 80, 38, 8, 46, 58, 28, 60',
      '#3 80 | 100, 114, 72, 8, 80, 92, 28, 94',
      '#7 62 | 82, 96, 54, 8, 62, 74, 28, 76',
      '#8 51 | 71, 85, 43, 8, 51, 63, 28, 65',
    ],
  ],
])('%s: the size of field %i', (run, index, lines) => {
  expect(drawn(run, 'layer-size', index).map((draft) => lineOf(about(run), draft))).toEqual(lines);
});

test.each<[string, number, string, string, string]>([
  ['teardown', 0, 'IP 20  TCP 32  data 0', 'IP 20  TCP 32  数据 0', 'ip.len'],
  ['teardown', 1, 'IP total 52  IP 20  data 0', 'IP 总长度 52  IP 20  数据 0', 'tcp.hdr_len'],
  ['teardown', 2, 'IP total 52  IP 20  TCP 32', 'IP 总长度 52  IP 20  TCP 32', 'tcp.len'],
  ['dns-recursion', 0, 'IP 20  UDP 8  data 27', 'IP 20  UDP 8  数据 27', 'ip.len'],
  ['dns-recursion', 1, 'IP total 55  IP 20', 'IP 总长度 55  IP 20', 'udp.length'],
])('%s: what is asked for (%i) is left out of what is told', (run, index, en, zh, field) => {
  const [draft] = drawn(run, 'layer-size', index);
  expect(promptText(draft?.prompt ?? []).en.split('\n')[1]).toBe(`  ${en}`);
  expect(promptText(draft?.prompt ?? []).zh.split('\n')[1]).toBe(`  ${zh}`);
  expect(draft?.evidence).toMatchObject({packet: 1, field});
});

describe('who sends next', () => {
  const [client, server, dns] = ['192.0.2.10', '198.51.100.20', '198.51.100.53'];
  test.each<[string, readonly string[]]>([
    ['handshake', [`#2 ${server} | ${client}, 0`, `#3 ${client} | ${server}, 0`]],
    // The third is lost: nobody but the server has something that is not acknowledged (RFC 9293 §3.8.1).
    [
      'handshake-loss/third',
      [`#2 ${server} | ${client}, 0`, `#3 ${client} | ${server}, 0`, `#4 ${server} | ${client}, 0`],
    ],
    // Both SYNs cross; the client's arrives while no other packet stands between.
    ['simultaneous-open', [`#3 ${server} | ${client}, 0`]],
    [
      'layers',
      [
        `#4 ${server} | ${client}, ${dns}, 0`,
        `#5 ${client} | ${dns}, ${server}, 0`,
        `#7 ${server} | ${client}, ${dns}, 0`,
        `#9 ${client} | ${dns}, ${server}, 0`,
      ],
    ],
  ])('%s', (run, lines) => expect(linesOf(about(run), 'who-sends-next')).toEqual(lines));
  test('what has come is told, and what was lost', () => {
    const drafts = drawn('handshake-loss/third', 'who-sends-next', 0);
    const told = drafts.map(({prompt}) => promptText(prompt).en.split('\n').at(-1));
    expect(told).toEqual([
      'Packet 1 has just arrived at the server. Who sends the next packet?',
      'Packet 2 has just arrived at the client. Who sends the next packet?',
      'Packet 3 has been lost on its way. Who sends the next packet?',
    ]);
    // The three last packets at most, and never the one that is asked about.
    expect(drafts.map(({prompt}) => promptText(prompt).en.split('\n').length - 1)).toEqual([1, 2, 3]);
    expect(drafts.map(({hints: [, second]}) => second?.en)).toEqual([
      'What has just come asks for an answer, or allows more.',
      'What has just come asks for an answer, or allows more.',
      'The other end knows nothing of what was lost.',
    ]);
    expect(drafts.map(({explain}) => explain.en)).toEqual([
      'It is packet 2, from the server: SYN,ACK seq=1746855050 ack=332385555.',
      'It is packet 3, from the client: ACK seq=332385555 ack=1746855051.',
      'It is packet 4, from the server: SYN,ACK seq=1746855050 ack=332385555.',
    ]);
    expect(drafts.map(({because}) => because)).toEqual([
      '9293:3.10.7.2/listen/syn',
      '9293:3.10.7.3/syn-sent/syn-ack',
      '6298:5.4/retransmit',
    ]);
  });
});

describe('four in order', () => {
  test.each<[string, readonly string[]]>([
    ['handshake', []],
    ['data-transfer', ['#1 1,2,3,4', '#2 2,3,4,5']],
    ['loss-recovery', ['#1 1,2,3,4', '#2 2,3,4,5']],
    // A datagram before, of another connection, forces nothing.
    ['layers', ['#3 3,4,5,6', '#4 4,5,6,7', '#5 5,6,7,8', '#6 6,7,8,9']],
    ['simultaneous-open', []],
    ['refused', []],
  ])('%s', (run, lines) => expect(linesOf(about(run), 'order-packets')).toEqual(lines));
  test('each goes the way of the one before, or answers it; both sides speak', () => {
    for (const run of ['teardown', 'data-transfer', 'layers', 'simultaneous-close']) {
      const {trace} = about(run);
      for (const draft of drawn(run, 'order-packets', 0)) {
        if (draft.form !== 'order') throw new Error('not in order');
        const packets = draft.right.map(({value}) => trace.packet(Number(value)));
        for (const [index, {from, to, id}] of packets.entries()) {
          const before = packets[index - 1];
          if (!before) continue;
          expect(id).toBe(before.id + 1);
          expect([`${from} ${to}`, `${to} ${from}`]).toContain(`${before.from} ${before.to}`);
        }
        expect(new Set(packets.map(({from}) => from)).size).toBe(2);
        const lines = draft.right.map(({text}) => text.en);
        expect(new Set(lines).size).toBe(4);
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(62);
        expect(draft.hints.at(-1)?.en).toBe(`The first one: ${lines[0]}`);
        const ids = packets.map(({id}) => id);
        expect(draft.explain).toEqual(
          everywhere({
            en: `They are packets ${ids.join(', ')} of the run, in this order.`,
            zh: `它们依次是这次运行的第 ${ids.join('、')} 个分组。`,
          }),
        );
      }
    }
  });
});

describe('if it is lost', () => {
  test('the handshake: SYN, SYN,ACK, and the ACK without anything behind it (RFC 9293 figure 6)', () => {
    const [syn, synAck, ack] = drawn('handshake', 'if-dropped', 0);
    expect(linesOf(about('handshake'), 'if-dropped')).toEqual([
      '#2 192.0.2.10 | 192.0.2.10, 198.51.100.20, 0, RST',
      '#3 192.0.2.10 | 198.51.100.20, 192.0.2.10, 0, RST',
      '#4 198.51.100.20 | 192.0.2.10, 198.51.100.20, 0, RST=lost-third-ack-kills',
    ]);
    if (!syn || !synAck || !ack) throw new Error('three packets');
    expect(asText(syn)).toContain('Suppose packet 1 is lost. Who is the first');
    expect(asText(syn)).toContain('It used up numbers, so an acknowledgement is due.');
    expect(asText(synAck)).toContain('Suppose packet 2 is lost. Who is the first');
    expect(asText(ack)).toContain(
      'Suppose packet 3 is lost. Its sender has nothing more to send. Who is the',
    );
    expect(asText(ack)).toContain('A pure ACK is never sent again for its own sake.');
    expect(asText(ack)).toContain(
      'The server waits for an acknowledgement that does not come, and sends SYN,ACK seq=1746855050 ack=332385555 again.',
    );
    expect(asChinese(ack)).toContain('此后它的发送方没有别的要发。最先重传报文段的是谁？');
    for (const draft of [syn, synAck, ack]) expect(draft.evidence.field).toBe('ip.src');
  });
  test('an ACK that a later segment repeats is missed by nobody (RFC 9293 §3.10.7.4)', () => {
    const draft = drawn('teardown', 'if-dropped', 0).find(({prompt}) =>
      promptText(prompt).en.includes('packet 3 is lost'),
    );
    if (!draft) throw new Error('no draft');
    expect(asText(draft)).toContain(
      'Its sender goes on 0 ms later with\n  PSH,ACK seq=332385555 ack=1746855051 len=100\nWho is the first',
    );
    expect(asChinese(draft)).toContain('0 ms 之后，它的发送方接着发出\n');
    expect(draft.explain.en).toBe(
      'Nothing has to be sent again: a later segment says all that this one said.',
    );
    expect(draft.because).toBeUndefined();
    expect(draft.evidence).toEqual({
      packet: 3,
      field: 'expression:count({sends: any, retransmission: true})',
      value: '0',
    });
  });
  test.each<[string, QuestionKind]>([
    // What has been lost already would be mixed up with what is supposed.
    ['handshake-loss/third', 'if-dropped'],
    ['handshake-loss/third', 'if-delayed'],
    ['loss-recovery', 'if-dropped'],
    // A reset ends the other end's wait: nothing is repeated.
    ['refused', 'if-delayed'],
  ])('%s: nothing is asked (%s)', (run, kind) => expect(linesOf(about(run), kind)).toEqual([]));
  test('a refused SYN is repeated by its sender, whichever of the two is lost', () => {
    expect(linesOf(about('refused'), 'if-dropped')).toEqual([
      '#2 192.0.2.10 | 192.0.2.10, 198.51.100.20, 0, RST',
    ]);
  });
});

describe('if it is late', () => {
  test.each([
    [0, '1.500 s', '1.500 s'],
    [1, '2.500 s', '2.500 s'],
    [2, '4 s', '4 s'],
  ])('held back (%i) for %s', (index, wait, zh) => {
    const asked = about('handshake');
    const draw = {...drawing(index), one: <T>(_: string, list: readonly T[]) => list[index]};
    const [draft] = draftsOf(asked, 'if-delayed', draw);
    expect(promptText(draft?.prompt ?? []).en).toContain(`holds packet 1 back for ${wait}:\n  SYN seq=`);
    expect(promptText(draft?.prompt ?? []).zh).toContain(`第 1 个分组在途中耽搁了 ${zh}：`);
  });
  // RFC 9293 figure 6: SYN uses up one number; what has come before is answered with what is expected.
  test.each<[string, readonly string[]]>([
    [
      'handshake',
      [
        '#5 c+1 | c+0=ack-is-last-byte-received, c+2=every-packet-plus-one, c+2, c+1, c+0, 0, none',
        '#8 s+1 | s+0=ack-is-last-byte-received, s+2=every-packet-plus-one, s+2, s+1, s+0, c+1, none',
      ],
    ],
    [
      'simultaneous-open',
      [
        '#5 c+1 | c+0=ack-is-last-byte-received, c+2=every-packet-plus-one, c+2, c+1, c+0, 0, none',
        '#5 s+1 | s+0=ack-is-last-byte-received, s+2=every-packet-plus-one, s+2, s+1, s+0, 0, none',
      ],
    ],
  ])('%s', (run, lines) => expect(linesOf(about(run), 'if-delayed')).toEqual(lines));
});

describe('which one was altered', () => {
  test.each<[string, number, readonly number[]]>([
    // Four lines end with it: there are no three above the third.
    ['handshake', 0, []],
    ['teardown', 0, [4, 5, 6, 7, 8, 9, 10, 11, 12, 13]],
    // One line below it, two above: 5, 7, 9 and 11 follow what their own sender said three or four packets before.
    ['teardown', 1, [3, 4, 6, 8, 10, 12, 13]],
    ['simultaneous-open', 0, [4]],
  ])('%s, field %i', (run, index, packets) => {
    expect(drawn(run, 'spot-faulty', index).map(({right}) => right)).toEqual(packets);
  });
  test.each([
    [0, 'ack', 100_000],
    [1, 'seq', 100_001],
  ])('field %i: %s= is %i too large, and the others are as they were', (index, name, by) => {
    const asked = about('teardown');
    const drafts = drawn('teardown', 'spot-faulty', index);
    for (const draft of drafts) {
      const lines = promptText(draft.prompt).en.split('\n').slice(0, 4);
      const line = lines.find((each) => each.trimStart().startsWith(`${draft.right}  `)) ?? '';
      const number = (text: string): number => Number(new RegExp(`\\b${name}=(\\d+)`).exec(text)?.[1]);
      const [, left = ''] = draft.explain.en.split('It left as ');
      expect(number(line) - number(left)).toBe(by);
      expect(draft.hints[1]?.en).toBe(`Look at ${name}=.`);
      expect(draft.hints[1]?.zh).toBe(`看 ${name}=。`);
      expect(draft.hints[2]?.en).toBe(`It comes from ${asked.trace.packet(Number(draft.right)).from}.`);
      expect(draft.evidence).toEqual({
        packet: draft.right,
        field: 'frame.number',
        value: String(draft.right),
      });
      // Something above it tells what it should be; four lines, none too wide.
      expect(lines.indexOf(line)).toBeGreaterThan(0);
      for (const each of lines) expect(each.length).toBeLessThanOrEqual(74);
    }
  });
});
