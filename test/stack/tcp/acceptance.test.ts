// Oracles: the table of RFC 9293 §3.4 (four cases), §3.10.7.4 (what lies outside is cut off); Linux's tcp_sequence (net/ipv4/tcp_input.c).
import {describe, expect, test} from 'vitest';
import {acceptable, acceptableWhole, insideWindow} from '../../../source/stack/tcp/acceptance.ts';
import {ropeToBytes} from '../../../source/wire/rope.ts';
import {seq} from '../../../source/wire/seq.ts';
import {TcpFlag} from '../../../source/wire/tcp.ts';
import {fresh} from '../../helpers/tcp/lone-turn.ts';
import {made} from '../../helpers/tcp/one-host.ts';
import {rope} from '../../helpers/tcp/two-hosts.ts';

const {SYN, ACK, FIN, PSH} = TcpFlag;
const segment = (at: number, data: number, flags: number = ACK) => made('A', {seq: at, data, flags});

/** Of segments of `length` octets those numbers that the window 1000 … takes. */
const taken = (wnd: number, length: number): readonly number[] =>
  Array.from({length: 40}, (_, index) => 980 + index).filter((at) =>
    acceptable({nxt: seq(1000), wnd}, segment(at, length)),
  );
const numbers = (from: number, to: number): readonly number[] =>
  Array.from({length: to - from + 1}, (_, index) => from + index);

test.each([
  ['empty, closed', 0, 0, numbers(1000, 1000)],
  // The right edge itself: where pure ACKs of a sender stand that has filled the window.
  ['empty, open', 10, 0, numbers(1000, 1010)],
  ['with text, closed', 0, 5, []],
  ['with text, open', 10, 5, numbers(996, 1009)],
] as const)('%s', (_, wnd, length, at) => expect(taken(wnd, length)).toEqual(at));

test('SYN and FIN take numbers, and numbers go round', () => {
  const window = {nxt: seq(1000), wnd: 10};
  expect(acceptable(window, segment(999, 0, SYN))).toBe(false);
  expect(acceptable(window, segment(999, 0, SYN | FIN))).toBe(true);
  expect(acceptable({nxt: seq(0xffff_fffe), wnd: 4}, segment(1, 1))).toBe(true);
  expect(acceptable({nxt: seq(0xffff_fffe), wnd: 4}, segment(2, 1))).toBe(false);
});

const text = (wnd: number, at: number, data: number, flags: number = ACK) => {
  const {data: left, ...rest} = insideWindow({nxt: seq(1000), wnd}, segment(at, data, flags));
  return {...rest, octets: ropeToBytes(left).length};
};

describe('what is left of a segment', () => {
  const whole = {
    seq: 1000,
    octets: 5,
    fin: false,
    cut: false,
    overlaps: false,
    pushed: false,
    packetBytes: 45,
  };

  test.each([
    ['all of it', text(10, 1000, 5), whole],
    ['pushed', text(10, 1000, 5, ACK | PSH), {...whole, pushed: true}],
    ['up to the edge', text(5, 1000, 5), whole],
    ['beyond it', text(4, 1000, 5), {...whole, octets: 4, cut: true}],
    ['from RCV.NXT on', text(10, 998, 5), {...whole, octets: 3, overlaps: true}],
    ['both cut', text(2, 998, 5), {...whole, octets: 2, overlaps: true, cut: true}],
    ['old as a whole', text(10, 990, 5), {...whole, octets: 0}],
    ['behind a gap', text(10, 1003, 5), {...whole, seq: 1003}],
    ['behind a gap and cut', text(6, 1003, 5), {...whole, seq: 1003, octets: 3, cut: true}],
    ['text of a SYN', text(10, 999, 5, SYN), whole],
    ['the FIN inside', text(6, 1000, 5, ACK | FIN), {...whole, fin: true}],
    ['the FIN beyond the edge', text(5, 1000, 5, ACK | FIN), {...whole, cut: true}],
    ['a bare FIN', text(1, 1000, 0, ACK | FIN), {...whole, octets: 0, fin: true, packetBytes: 40}],
    ['a bare FIN, closed', text(0, 1000, 0, ACK | FIN), {...whole, octets: 0, cut: true, packetBytes: 40}],
  ])('%s', (_, told, left) => expect(told).toEqual(left));

  test('its options are part of the packet', () => {
    const options = [{kind: 'nop'}, {kind: 'mss', mss: 1460}] as const;
    const {packetBytes} = insideWindow({nxt: seq(1000), wnd: 9}, made('A', {seq: 1000, flags: ACK, options}));
    expect(packetBytes).toBe(48);
  });
});

test('Linux takes whole what ends by the edge, or crosses it while nothing waits unread', () => {
  const at = (from: number, data: number, waits = 0) =>
    acceptableWhole(
      {
        ...fresh,
        ...{rcv: {nxt: seq(1000), wnd: 10}, lastAckSent: seq(990), receiveBuffer: rope(waits)},
      },
      segment(from, data),
    );
  expect([at(985, 4), at(985, 5), at(990, 0), at(989, 0)]).toEqual([false, true, true, false]);
  expect([at(1000, 10, 1), at(1000, 11, 1), at(1000, 11), at(1010, 0, 1)]).toEqual([true, false, true, true]);
  expect([at(1010, 5), at(1011, 5), at(1011, 0)]).toEqual([true, false, false]);
});
