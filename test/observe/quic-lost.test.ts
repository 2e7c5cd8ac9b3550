// A datagram of QUIC that ACKs show to be lost is lost in the Trace, too, and on the ladder. Oracle: RFC 9002 §6.1.1, for packets that
// were sealed here.
import {expect, it} from 'vitest';
import {canvasOf, open, started, textOf} from '../view/player.ts';
import {frames, short} from './quic-made.ts';
import {appKeys, ids, opening, quicRecorded, type SaidInQuic} from './quic-recorded.ts';

const piece = (number: number) =>
  short(ids.server, {
    ...{number, keys: appKeys[0]},
    payload: frames.stream(0, new Uint8Array(5).fill(0x61), {offset: 5 * number}),
  });
/** Of everything behind packet 1, and of packet 0. */
const acknowledgement = short(ids.client, {
  ...{number: 0, keys: appKeys[1]},
  payload: Uint8Array.of(0x02, 6, 0, 1, 4, 0, 0),
});

const said: readonly SaidInQuic[] = [
  ...opening,
  ...[0, 1, 2, 3, 4, 5, 6].map((number) => [0, piece(number)] as const),
  [1, acknowledgement],
];

it('what ACKs pass over is lost, and drawn so; what they name has come', () => {
  const trace = quicRecorded(said);
  const fates = [3, 4, 5].map((id) => trace.packet(id));
  expect(fates.map(({deduced, lost}) => [deduced?.what, deduced?.shownBy, lost])).toEqual([
    ['delivered', [10], false],
    ['lost', [10], true],
    ['delivered', [10], false],
  ]);
  const ends = [...trace.events()].filter(({kind}) => kind === 'drop');
  expect(ends).toMatchObject([{packet: 4, deduced: true}]);
  const opened = open({trace});
  const ladder = textOf(
    canvasOf(opened, started({viewMs: opened.pacing.durationMs}), {columns: 120, rows: 40}),
  );
  expect(ladder.filter((line) => /├─+ ✗ .*presumably lost/.test(line))).toHaveLength(1);
});
