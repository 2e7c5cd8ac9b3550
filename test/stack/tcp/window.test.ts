// The window that a host offers, and when it is told of by a segment of its own. Oracles: RFC 9293 §3.8.6.2.2 with Fr = ½, RFC 7323 §2.2
// and §2.3, tcp_cleanup_rbuf of Linux, the window updates of FreeBSD's tcp_output, all reckoned by hand.
import {expect, test} from 'vitest';
import type {Connection} from '../../../source/stack/tcp/connection.ts';
import {profiles} from '../../../source/stack/tcp/profiles.ts';
import type {TcpSettings} from '../../../source/stack/tcp/settings.ts';
import {
  acceptedNumbers,
  initialWindow,
  isWorthTelling,
  offeredWindow,
  windowField,
} from '../../../source/stack/tcp/window.ts';
import {TcpFlag} from '../../../source/wire/tcp.ts';
import {established} from '../../helpers/tcp/one-host.ts';
import {AB, rope} from '../../helpers/tcp/two-hosts.ts';

const {SYN, ACK, RST} = TcpFlag;
const mss = 1000;
const opened = established('rfc').tcp.A.connections.get(AB) ?? expect.fail();

type Place = {buffer: number; unread: number; wnd: number; shift?: number; more?: Partial<Connection>};

/** So many octets of the buffer are full, and so much was offered. */
const placed = ({buffer, unread, wnd, shift = 0, more = {}}: Place, change: Partial<TcpSettings>) => {
  const tcb: Connection = {
    ...opened,
    mss,
    rcv: {...opened.rcv, wnd},
    scale: {rcv: shift, snd: 0},
    receiveBuffer: rope(unread),
    ...more,
  };
  return [tcb, {...profiles.rfc, rcvBufferBytes: buffer, rcvBufferWholeSegments: false, ...change}] as const;
};

test.each([
  ['all that is free', 8000, 0, 7999, 0, 8000],
  ['edge by a segment', 8000, 500, 6500, 0, 7500],
  ['not by less', 8000, 500, 6501, 0, 6501],
  ['edge by half buffer', 1200, 100, 500, 0, 1100],
  ['edge by less: no', 1200, 100, 501, 0, 501],
  ['never left', 8000, 5000, 4000, 0, 4000],
  ['rounded up to 128', 7501, 0, 1, 7, 59 * 128],
  ['the field’s most', 100_000, 0, 0, 0, 65_535],
  ['the scaled field’s most', 1_000_000, 0, 0, 1, 2 * 65_535],
])('offered, SWS avoided: %s', (_, buffer, unread, wnd, shift, told) => {
  expect(offeredWindow(...placed({buffer, unread, wnd, shift}, {windowGrowth: 'full-segment'}))).toBe(told);
});

test.each([
  ['room of a segment', 8000, 7000, 0, 1000],
  ['room below a segment', 8000, 7001, 0, 0],
  ['room of a quarter', 2000, 1500, 0, 500],
  ['less than a quarter: none', 2000, 1501, 0, 0],
  ['one octet more', 8000, 500, 7499, 7500],
  ['never left', 8000, 7500, 900, 900],
])('offered, as FreeBSD does: %s', (_, buffer, unread, wnd, told) => {
  expect(offeredWindow(...placed({buffer, unread, wnd}, {windowGrowth: 'every-byte'}))).toBe(told);
});

test('before the handshake is over it stays what the SYN said', () => {
  for (const state of ['SYN-SENT', 'SYN-RECEIVED'] as const)
    expect(offeredWindow(...placed({buffer: 8000, unread: 0, wnd: 5, more: {state}}, {}))).toBe(5);
});

test('a buffer of whole segments, with the twelve octets that timestamps take of each (FreeBSD’s tcp_mss)', () => {
  const offered = (more: Partial<Connection>) =>
    offeredWindow(...placed({buffer: 7001, unread: 0, wnd: 0, more}, {rcvBufferWholeSegments: true}));
  expect(offered({timestampsOn: false})).toBe(8 * 1000);
  expect(offered({timestampsOn: true})).toBe(7 * 1012);
});

/** Buffer, unread, offered before, shift, worth it. */
type Row = readonly [why: string, buffer: number, unread: number, wnd: number, shift: number, is: boolean];
const doubled: readonly Row[] = [
  ['twice as much', 8000, 0, 4000, 0, true],
  ['less than twice', 8000, 0, 4001, 0, false],
  ['twice a smaller one', 8000, 2000, 3000, 0, true],
  ['almost', 8000, 2001, 3000, 0, false],
  ['anything after closed', 8000, 7000, 0, 0, true],
  ['nothing', 8000, 8000, 0, 0, false],
  ['more than half offered', 65_535, 0, 32_768, 7, false],
];
const quarter: readonly Row[] = [
  ['half of the buffer', 20_000, 0, 10_000, 0, true],
  ['two segments, a quarter', 20_000, 0, 15_000, 0, true],
  ['two that are less', 20_000, 0, 15_001, 0, false],
  ['two, an eighth free', 20_000, 17_500, 500, 0, true],
  ['two, more free', 20_000, 17_499, 500, 0, false],
  ['less, an eighth free', 20_000, 17_500, 501, 0, false],
  ['two of eight', 8000, 0, 6000, 0, true],
  ['less than two', 8000, 0, 6001, 0, false],
  ['two of over eight', 8001, 0, 6001, 0, false],
  ['anything after closed', 20_000, 19_000, 0, 0, true],
  ['after almost closed', 20_000, 18_999, 1, 0, false],
  ['half a small buffer', 600, 0, 300, 0, true],
  ['less than half', 600, 0, 301, 0, false],
];
const twoSegments: readonly Row[] = [
  ['two segments', 20_000, 0, 18_000, 0, true],
  ['less', 20_000, 0, 18_001, 0, false],
  ['nothing, and closed', 20_000, 20_000, 0, 0, false],
];
test.each(
  Object.entries({doubled, 'quarter-buffer': quarter, 'two-segments': twoSegments}).flatMap(([how, rows]) =>
    rows.map(([why, buffer, unread, wnd, shift, is]) => ({
      how,
      why,
      is,
      place: {buffer, unread, wnd, shift},
    })),
  ),
)('worth a segment of its own, $how: $why: $is', ({how, place, is}) => {
  const windowUpdate = (['doubled', 'quarter-buffer', 'two-segments'] as const).find((each) => each === how);
  const change = {windowGrowth: 'full-segment', windowUpdate: windowUpdate ?? expect.fail()} as const;
  expect(isWorthTelling(...placed(place, change))).toBe(is);
});

test('the field: in units, but never on a SYN (RFC 7323 §2.2); nothing on RST', () => {
  const [tcb] = placed({buffer: 8000, unread: 0, wnd: 7552, shift: 7}, {});
  expect([ACK, SYN, SYN | ACK, RST, RST | ACK].map((flags) => windowField(tcb, flags))).toEqual([
    ...[59, 7552, 7552, 0, 0],
  ]);
  const [wide] = placed({buffer: 8000, unread: 0, wnd: 100_000, shift: 7}, {});
  // 781.25 units.
  expect([ACK, SYN].map((flags) => windowField(wide, flags))).toEqual([782, 65_535]);
});

test('a SYN offers what fits its field', () => {
  const offered = (rcvBufferBytes: number) =>
    initialWindow({...profiles.rfc, rcvMemoryBytes: 'off', rcvBufferBytes});
  expect([1, 65_535, 65_536, 4_000_000].map(offered)).toEqual([1, 65_535, 65_535, 65_535]);
});

test('the windows that SYNs of Linux are known by: 44 segments of 1460 octets, 45 of 1448 with timestamps', () => {
  const linux = {...profiles.linux, rcvMemoryBytes: 131_072, mss: 1460};
  expect([initialWindow(linux), initialWindow(linux, 12)]).toEqual([64_240, 65_160]);
});

test('taken is what was offered, or all that there is room for', () => {
  const place = {buffer: 8000, unread: 1000, wnd: 3000};
  const taken = (more: Partial<Connection>, acceptWindow: TcpSettings['acceptWindow'], wnd = 3000) =>
    acceptedNumbers(...placed({...place, wnd, more}, {acceptWindow})).wnd;
  expect(taken({}, 'told')).toBe(3000);
  expect(taken({}, 'buffer')).toBe(7000);
  expect(taken({}, 'buffer', 7500)).toBe(7500);
});
