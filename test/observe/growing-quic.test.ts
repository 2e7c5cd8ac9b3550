// QUIC of a capture in the making: what a look tells is what reading all that far at once tells, and it opens what is new alone.
import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {nodeCrypto} from '../../source/io/crypto.ts';
import {http3ExchangesAt} from '../../source/observe/http3-exchanges.ts';
import {quicNamedIn, quicOf, quicStreamsIn} from '../../source/observe/quic-in-trace.ts';
import type {Trace} from '../../source/sim/trace.ts';
import type {PacketCrypto} from '../../source/wire/quic/packet-protection.ts';
import {type KeyLog, parseKeyLog} from '../../source/wire/tls/key-log.ts';
import {todayFolder} from '../helpers/captured-today.ts';
import {type Frames, GrowingCapture, interleaved} from '../helpers/growing.ts';
import {some} from '../helpers/seeds.ts';

const names = ['22a-h3-get', '22g-h3-key-update', '22e-h3-lost-datagram'];
const frames = interleaved(names.map((name, index) => [`../captures-today/${name}.pcap`, 7000 * index]));
const lines = names.map((name) => readFileSync(`${todayFolder}${name}.keys`, 'utf8')).join('\n');
const log = parseKeyLog(Buffer.from(lines));

let opened = 0;
const counting: PacketCrypto = {
  ...nodeCrypto,
  open: (asked) => {
    opened += 1;
    return nodeCrypto.open(asked);
  },
};

const saidOf = (trace: Trace): unknown => [
  Array.from({length: trace.packetCount}, (_, index) => {
    const seen = quicOf(trace, index + 1);
    const kinds = seen?.packets.map(({packet, frames: all}) => [
      packet.opened?.number,
      all.map(({name}) => name),
    ]);
    return [
      seen?.connection.id,
      kinds,
      seen?.http3.length,
      quicNamedIn(trace, index + 1),
      trace.packet(index + 1).lost,
    ];
  }),
  quicStreamsIn(trace).map(({stream, sent}) => [
    stream.id,
    sent.map(({event, side, piece}) => [event, side, piece]),
  ]),
  http3ExchangesAt(trace, trace.length).map(({stream, request, response}) => [stream, request, response]),
];

const lookAt = (
  grown: GrowingCapture,
  end: number,
  known: KeyLog,
  crypto: PacketCrypto = nodeCrypto,
): Trace => grown.upTo(end).withQuic({crypto, log: known});

const whole = (all: Frames, end: number, known: KeyLog): unknown =>
  saidOf(lookAt(new GrowingCapture(all), end, known));

test('each look tells what reading all at once tells', () => {
  const grown = new GrowingCapture(frames);
  // A question that nobody has answered has not arrived yet: once it is answered, what came behind it has later events.
  const ends = frames.map((_, index) => index + 1).filter((end) => end < 16 || (end - 16) % 47 === 0);
  for (const end of some(ends, 3))
    expect(saidOf(lookAt(grown, end, log)), `${end}`).toEqual(whole(frames, end, log));
});

test('a key log that comes later opens what was closed', () => {
  const grown = new GrowingCapture(frames);
  const none = parseKeyLog(Buffer.from(''));
  for (const end of [20, 40, 60]) saidOf(lookAt(grown, end, none));
  expect(saidOf(lookAt(grown, 90, log))).toEqual(whole(frames, 90, log));
});

test('the next look opens what is new', () => {
  const grown = new GrowingCapture(frames);
  for (const end of [10, frames.length - 20, frames.length - 10])
    quicStreamsIn(lookAt(grown, end, log, counting));
  const before = opened;
  opened = 0;
  quicStreamsIn(lookAt(grown, frames.length, log, counting));
  expect(before).toBeGreaterThan(100);
  expect(opened).toBeLessThan(40);
});
