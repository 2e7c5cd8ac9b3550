// In which packet a message of HTTP begins. Oracle: RFC 9112 §2.1 and §6, octets counted by hand.
import {expect, test} from 'vitest';
import {StreamReader} from '../../source/lesson/stream-reader.ts';
import {MAX_HELD_STRETCHES} from '../../source/observe/reassembly.ts';
import type {Frame} from '../../source/wire/frame.ts';
import {ropeFromBytes} from '../../source/wire/rope.ts';
import {seq, seqAdd} from '../../source/wire/seq.ts';
import {TcpFlag} from '../../source/wire/tcp.ts';
import {frame, packet, segment} from '../wire/oddities.ts';

const {SYN, ACK} = TcpFlag;

/** `at`: octets that the sender has sent before, from ISN 1000 on. */
const sent = (text: string, at: number, {back = false, flags = ACK as number, isn = 1000} = {}): Frame =>
  frame({
    kind: 'ip',
    packet: packet(
      {
        kind: 'tcp',
        segment: segment({
          ...(back ? {srcPort: 80, dstPort: 40_000} : {srcPort: 40_000, dstPort: 80}),
          seq: flags & SYN ? seq(isn) : seqAdd(seq(isn + 1), at),
          flags,
          payload: ropeFromBytes(new TextEncoder().encode(text)),
        }),
      },
      back ? {src: '198.51.100.20', dst: '192.0.2.10'} : {src: '192.0.2.10', dst: '198.51.100.20'},
    ),
  });

const begun = (...frames: readonly Frame[]): readonly string[] => {
  const reader = new StreamReader();
  for (const [index, each] of frames.entries())
    reader.see(index + 1, {frame: each} as Parameters<StreamReader['see']>[1]);
  return frames.map((_, index) =>
    reader
      .beginningIn(index + 1)
      .map(({start}) => (start.kind === 'request' ? start.target : String(start.status)))
      .join(' '),
  );
};

const syn = (isn = 1000): Frame => sent('', 0, {flags: SYN, isn});
const get = (target: string): string => `GET ${target} HTTP/1.1\r\nHost: a\r\n\r\n`;

test('two in one packet, one in two, each where it begins', () => {
  const all = get('/a') + get('/b') + get('/c');
  const cut = get('/a').length + 5;
  const end = cut + get('/b').length;
  expect(
    begun(syn(), sent(all.slice(0, cut), 0), sent(all.slice(cut, end), cut), sent(all.slice(end), end)),
  ).toEqual([...['', '/a /b', '/c', '']]);
});

test('what is sent again says it again', () => {
  const [first, second] = [sent(get('/a'), 0), sent(get('/b'), get('/a').length)];
  expect(begun(syn(), first, second, first, second)).toEqual(['', '/a', '/b', '/a', '/b']);
});

test('an answer, with the method that it answers: none has content behind HEAD (RFC 9110 §9.3.2)', () => {
  const head = 'HEAD / HTTP/1.1\r\nHost: a\r\n\r\n';
  const answer = 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n';
  const back = {back: true, isn: 5000};
  const opened = [syn(), sent('', 0, {...back, flags: SYN | ACK})];
  const next = 'HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n';
  expect(begun(...opened, sent(head + get('/b'), 0), sent(answer + next, 0, back))).toEqual([
    '',
    '',
    '/ /b',
    '200 404',
  ]);
  // Without the question 9 octets of the next line are content.
  expect(begun(...opened, sent(answer, 0, back), sent(next, answer.length, back))).toEqual([
    '',
    '',
    '200',
    '',
  ]);
});

test('what is no HTTP, or no longer, is read no more', () => {
  const broken = 'no request\r\n\r\n';
  expect(begun(syn(), sent(get('/a'), 0), sent(broken, get('/a').length))).toEqual(['', '/a', '']);
  const behind = get('/a').length + broken.length;
  expect(begun(syn(), sent(get('/a') + broken, 0), sent(get('/b'), behind))).toEqual(['', '/a', '']);
});

test('behind bytes that never came nobody knows what begins: it may be content (RFC 9112 §6)', () => {
  const stretches = Array.from({length: MAX_HELD_STRETCHES}, (_, at) => sent('x', 1000 + 2 * at));
  const late = sent('x'.repeat(100 - get('/a').length), get('/a').length);
  const told = begun(syn(), sent(get('/a'), 0), sent(get('/b'), 100), ...stretches, late);
  expect(told.filter(Boolean)).toEqual(['/a']);
});

test('another SYN begins another connection between the same ports, the same one does not', () => {
  expect(begun(syn(), sent(get('/a').slice(0, 9), 0), syn(9000), sent(get('/b'), 0, {isn: 9000}))).toEqual([
    ...['', '', '', '/b'],
  ]);
  expect(begun(syn(), sent(get('/a').slice(0, 9), 0), syn(), sent(get('/a').slice(9), 9))).toEqual([
    ...['', '/a', '', ''],
  ]);
});
