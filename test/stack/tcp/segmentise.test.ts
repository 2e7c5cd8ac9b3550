// Which piece may leave, and what keeps it. Oracles: RFC 9293 §3.7.4 (Nagle) and §3.8.6.2.1 (its four conditions, Fs = ½), RFC 3042 (limited
// transmit), draft-minshall-nagle-01, MSG_EOR and TCP_CORK of Linux; all numbers by hand.

import {describe, expect, test} from 'vitest';
import type {Connection} from '../../../source/stack/tcp/connection.ts';
import {profiles} from '../../../source/stack/tcp/profiles.ts';
import {
  holdOn,
  maySend,
  networkHolds,
  nextPiece,
  unsentBytes,
  usableWindow,
} from '../../../source/stack/tcp/segmentise.ts';
import type {TcpSettings} from '../../../source/stack/tcp/settings.ts';
import {Fifo} from '../../../source/wire/fifo.ts';
import {seq} from '../../../source/wire/seq.ts';
import {established} from '../../helpers/tcp/one-host.ts';
import {AB, rope} from '../../helpers/tcp/two-hosts.ts';

const opened = established('rfc').tcp.A.connections.get(AB) ?? expect.fail();
const una = 1001;

type Place = {
  /** Octets on their way, and those that wait. */
  away?: number;
  unsent?: number;
  wnd?: number;
  cwnd?: number;
  maxWnd?: number;
  more?: Partial<Connection>;
};

/** Segments of 1000 octets. */
const placed = ({away = 0, unsent = 0, wnd = 20_000, cwnd = 10_000, maxWnd = 20_000, more}: Place) => {
  const snd = {...opened.snd, una: seq(una), nxt: seq(una + away), wnd, maxWnd};
  const sendBuffer = rope(away + unsent);
  return {...opened, mss: 1000, cwnd, snd, sendBuffer, smallEnd: seq(una), ...more};
};
const set = (change: Partial<TcpSettings> = {}): TcpSettings => ({
  ...profiles.rfc,
  ...{
    noDelay: false,
    nagle: 'any',
    cork: false,
    limitedTransmit: true,
    cwndCounts: 'octets',
    sendsCut: 'half-window',
  },
  ...change,
});

type Asked = NonNullable<Parameters<typeof nextPiece>[2]>;

/** What leaves, or the rule that keeps it. */
const next = (place: Place, change: Partial<TcpSettings> = {}, asked: Asked = {}): string => {
  const tcb = placed(place);
  const piece = nextPiece(tcb, set(change), asked);
  if (piece) return `${piece.lengthBytes}${piece.fin ? ' FIN' : ''}`;
  return holdOn(tcb, set(change)) ?? 'nothing';
};

type Case = readonly [why: string, then: string, place: Place, change?: Partial<TcpSettings>, asked?: Asked];
const judged = (cases: readonly Case[]) =>
  test.each(cases.map(([why, then, ...asked]) => ({why, then, asked})))('$why: $then', ({then, asked}) => {
    expect(next(...asked)).toBe(then);
  });

const more = '9293:3.9.1.2/send/more';
const small = '9293:3.8.6.2.1/override/start';
const nagle = '9293:3.7.4/nagle';
const cwndFull = '5681:3.1/cwnd/full';
const waiting = '9293:3.10.2/send/waits';
const closing = {closeCalled: true};

describe('full segments, and the last of the data', () => {
  judged([
    ['nothing', 'nothing', {}],
    ['one of several', '1000', {unsent: 5000}],
    ['a whole one behind others', '1000', {unsent: 1000, away: 1000}],
    ['less, nothing away', '999', {unsent: 999}],
    ['less, behind others', nagle, {unsent: 999, away: 1000}],
    ['without Nagle', '1', {unsent: 1, away: 1000}, {noDelay: true}],
    ['Minshall: no small away', '1', {unsent: 1, away: 1000}, {nagle: 'small'}],
    ['Minshall: one is', nagle, {unsent: 1, away: 1000, more: {smallEnd: seq(una + 1)}}, {nagle: 'small'}],
    ['corked', more, {unsent: 999}, {cork: true}],
    ['corked, a full one', '1000', {unsent: 1000}, {cork: true}],
    ['corked, a full one', '1000', {unsent: 1001}, {cork: true}],
    ['corked, but once not', '999', {unsent: 999}, {cork: true}, {corked: false}],
    ['a record’s end, of more', '600', {unsent: 2000, more: {recordEnds: [seq(una + 600)]}}],
    ['a record’s end, behind others', '400', {unsent: 700, away: 600, more: {recordEnds: [seq(una + 1000)]}}],
    [
      'SEND has more, full',
      waiting,
      {unsent: 500, away: 1000, more: {sendWaiting: rope(9)}},
      {noDelay: true},
    ],
    ['it has, nothing away', '500', {unsent: 500, more: {sendWaiting: rope(9)}}],
    ['the card is full', 'linux:queue/full', {unsent: 5000}, {deviceQueue: 'full'}],
  ]);
});

describe('the end', () => {
  judged([
    ['alone', '0 FIN', {more: closing}],
    ['with a small last', '999 FIN', {unsent: 999, away: 1000, more: closing}],
    ['with the last, corked', '999 FIN', {unsent: 999, more: closing}, {cork: true}],
    ['with a full one', '1000 FIN', {unsent: 1000, more: closing}],
    ['not before the last', '1000', {unsent: 1001, more: closing}],
    ['not before SEND’s rest', '1000', {unsent: 1000, more: {...closing, sendWaiting: rope(9)}}],
    ['no room in window', '1000', {unsent: 1000, wnd: 1000, more: closing}],
    ['nor later', '9293:3.8.6/window/full', {away: 1000, wnd: 1000, more: closing}],
    ['it has one octet', '0 FIN', {away: 1000, wnd: 1001, more: closing}],
    ['the window is closed', '9293:3.8.6/window/closed', {wnd: 0, more: closing}],
    ['has been said', 'nothing', {more: {...closing, finSeq: seq(una - 1)}}],
    ['SEND has more', waiting, {away: 1000, more: {...closing, sendWaiting: rope(9)}}],
    ['outside cwnd', '0 FIN', {away: 1000, cwnd: 1000, more: closing}],
    ['the card is full', 'linux:queue/full', {more: closing}, {deviceQueue: 'full'}],
  ]);
});

describe('the peer’s window', () => {
  judged([
    ['is closed', '9293:3.8.6/window/closed', {unsent: 1, wnd: 0}],
    ['is full', '9293:3.8.6/window/full', {unsent: 1, away: 1000, wnd: 1000}],
    ['has shrunk', '9293:3.8.6/window/full', {unsent: 1, away: 1000, wnd: 500}],
    ['cuts it to half', '500', {unsent: 1000, wnd: 500, maxWnd: 1000}],
    ['cuts it, to less', small, {unsent: 1000, wnd: 500, maxWnd: 1001}],
    ['cuts it, overdue', '500', {unsent: 1000, wnd: 500, maxWnd: 1001}, {}, {override: true}],
    ['cuts it, behind others', small, {unsent: 1000, away: 1000, wnd: 1500, maxWnd: 1000}],
    ['cuts it, without Nagle', '500', {unsent: 1000, away: 1000, wnd: 1500, maxWnd: 1000}, {noDelay: true}],
    ['cuts it, never sent', small, {unsent: 1000, wnd: 500, maxWnd: 1000}, {sendsCut: 'never'}],
    ['cuts nothing', '1', {unsent: 1, wnd: 1}],
  ]);
});

/** So many segments in the queue. */
const queued = (segments: number): Partial<Connection> => ({
  retransmissionQueue: Fifo.of(
    Array.from({length: segments}, (_, n) => ({
      ...{seq: seq(una + n), lengthBytes: 1, flags: 0, sentUs: 0},
      ...{transmissions: 1, tags: 0, deliveredBefore: 0, sending: 0},
    })),
  ),
});

describe('cwnd', () => {
  const segments = {cwndCounts: 'segments'} as const;
  const lost = {...opened.loss, sacked: [{left: seq(una + 1000), right: seq(una + 2000)}]};
  judged([
    ['has exact room', '1000', {unsent: 1000, away: 1000, cwnd: 2000}],
    ['has one too little', cwndFull, {unsent: 1000, away: 1001, cwnd: 2000}],
    ['is small, nothing away', '1000', {unsent: 1000, cwnd: 500}],
    ['segments, room for one', '1000', {unsent: 1000, away: 2, cwnd: 3000, more: queued(2)}, segments],
    ['of segments, has none', cwndFull, {unsent: 1000, away: 2, cwnd: 2999, more: queued(2)}, segments],
    [
      'of segments, for a FIN neither',
      cwndFull,
      {away: 2, cwnd: 2999, more: {...closing, ...queued(2)}},
      segments,
    ],
    [
      'of segments, for a FIN too',
      '0 FIN',
      {away: 2, cwnd: 3000, more: {...closing, ...queued(2)}},
      segments,
    ],
    // 3000 octets in five segments, 1000 SACKed: as if two were on their way.
    [
      'segments, SACK, room',
      '1000',
      {unsent: 1000, away: 3000, cwnd: 3000, more: {...queued(5), loss: lost}},
      segments,
    ],
    [
      'segments, SACK, no room',
      cwndFull,
      {unsent: 1000, away: 3000, cwnd: 2999, more: {...queued(1), loss: lost}},
      segments,
    ],
    // 3001 octets in recovery are four.
    [
      'of segments, in recovery',
      cwndFull,
      {unsent: 1000, away: 3001, cwnd: 4999, more: {...queued(1), loss: {...opened.loss, phase: 'fast'}}},
      segments,
    ],
  ]);

  test('what has left in this burst counts', () => {
    const tcb = placed({unsent: 1000, cwnd: 2000});
    expect(nextPiece(tcb, set(segments), {unlisted: 1})).toEqual({lengthBytes: 1000, fin: false});
    expect(nextPiece(tcb, set(segments), {unlisted: 2})).toBeUndefined();
  });

  test.each([
    [0, true, false, 9000, 9001],
    [1, true, false, 10_000, 10_001],
    [2, true, false, 11_000, 11_001],
    [3, true, false, 11_000, 11_001],
    [1, false, false, 9000, 9001],
    [2, true, true, 9000, 9001],
  ])(
    '%i duplicate ACKs, limited transmit %s, SACK %s',
    (dupAcks, limitedTransmit, sackPermitted, fits, not) => {
      const holds = (away: number) =>
        networkHolds(
          placed({away, more: {sackPermitted, loss: {...opened.loss, dupAcks}}}),
          1000,
          set({limitedTransmit}),
        );
      expect([holds(fits), holds(not)]).toEqual([true, false]);
    },
  );

  test('without limited transmit what is SACKed makes no room before recovery', () => {
    const place = {away: 10_000, more: {sackPermitted: true, loss: {...lost, dupAcks: 1}}};
    expect(
      [true, false].map((limitedTransmit) => networkHolds(placed(place), 1000, set({limitedTransmit}))),
    ).toEqual([true, false]);
  });
});

test('where data may leave: from ESTABLISHED to the FIN', () => {
  const states = [
    ...(['SYN-SENT', 'SYN-RECEIVED', 'ESTABLISHED', 'FIN-WAIT-1'] as const),
    ...(['FIN-WAIT-2', 'CLOSE-WAIT', 'CLOSING', 'LAST-ACK', 'TIME-WAIT'] as const),
  ];
  const sending = (more: Partial<Connection>) =>
    states.filter((state) => maySend({...placed({}), ...more, state}));
  expect(sending({})).toEqual(['ESTABLISHED', 'FIN-WAIT-1', 'CLOSE-WAIT', 'CLOSING', 'LAST-ACK']);
  expect(sending({finSeq: seq(una)})).toEqual([]);
});

test('data of a SYN wait for the handshake, and what could leave waits for more', () => {
  const held = (place: Place) => holdOn(placed(place), set());
  for (const state of ['SYN-SENT', 'SYN-RECEIVED'] as const) {
    expect(held({unsent: 5, more: {state}})).toBe('9293:3.10.2/send/queue');
    expect(held({more: {state}})).toBeUndefined();
  }
  expect(held({unsent: 5, more: {state: 'FIN-WAIT-2'}})).toBeUndefined();
  expect(held({unsent: 5})).toBe(more);
});

test('what is left of the buffer and of the window', () => {
  expect(unsentBytes(placed({away: 300, unsent: 7}))).toBe(7);
  expect([20_000, 300, 299].map((wnd) => usableWindow(placed({away: 300, wnd})))).toEqual([19_700, 0, -1]);
});
