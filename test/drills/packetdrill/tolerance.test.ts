// How exact a script’s times are taken, to the microsecond on both sides of each bound. Oracle: pd/run.c: 4 ms, or an eighth of the time
// since the event before where that is more; a packet that is 2 s late does not come.
import {describe, expect, test} from 'vitest';
import {returnAt, verdict} from './bench.ts';
import '../../helpers/meaning.ts';

const opening = (mss = 1460, settings: readonly string[] = []): string =>
  [
    '0 `sysctl -w packet_tutor.profile=rfc`',
    ...settings.map((setting) => `+0 \`sysctl -w packet_tutor.tcp.${setting}\``),
    '+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3',
    '+0 bind(3, ..., ...) = 0',
    '+0 listen(3, 1) = 0',
    '+0 < S 0:0(0) win 4000 <mss 1460>',
    `+0 > S. 0:0(0) ack 1 win 65535 <mss ${mss}>`,
    '+.01 < . 1:1(0) ack 1 win 4000',
    '+0 accept(3, ..., ...) = 4',
    '',
  ].join('\n');
const established = opening();
const written = '+0 write(4, ..., 5) = 5\n';
const data = '> P. 1:6(5) ack 1';

const came = (told: string): string =>
  told === 'pass' ? told : (/(the packet came|no packet)/.exec(told)?.[0] ?? told);

// The segment leaves with the call.
test.each([
  ['+0', '', 'pass'],
  ['+.004', '', 'pass'],
  ['+.004001', '', 'the packet came'],
  ['+.005', '--tolerance_usecs=5000\n', 'pass'],
  ['+.005', '--tolerance_usecs=4999\n', 'the packet came'],
  ['+0', '--tolerance_usecs=0\n', 'pass'],
  ['+.000001', '--tolerance_usecs=0\n', 'the packet came'],
  ['.014', '', 'pass'],
  ['.014001', '', 'the packet came'],
  ['*', '', 'pass'],
])('%s for what comes at once %j: %s', (time, option, told) => {
  expect(came(verdict(`${option}${established}${written}${time} ${data}`))).toBe(told);
});

// RFC 6298 §2.4: sent again after 1 s; 888889 µs and their eighth are 1 s, as are 1142857 µs without it.
test.each([
  ['+.888888', 'the packet came'],
  ['+.888889', 'pass'],
  ['+1', 'pass'],
  ['+1.142857', 'pass'],
  ['+1.142858', 'the packet came'],
  // Of a range the earlier end counts for the eighth.
  ['+.4~+.95', 'pass'],
  ['+.4~+.949999', 'the packet came'],
  ['+1.1~+1.2', 'pass'],
  ['*', 'pass'],
])('%s for what comes after 1 s: %s', (time, told) => {
  expect(came(verdict(`${established}${written}+0 ${data}\n${time} ${data}`))).toBe(told);
});

test.each([
  [2_000_000, 'the packet came'],
  [2_000_001, 'no packet'],
])('expected at once, sent again after %i µs: %s', (rtoUs, told) => {
  const slow = opening(1460, [`minRtoUs=${rtoUs}`]);
  expect(came(verdict(`${slow}${written}+0 ${data}\n+0 ${data}`))).toBe(told);
  expect(verdict(`${slow}${written}+0 ${data}\n* ${data}`)).toBe('pass');
});

// The data come 100 ms after the call.
describe('a call that blocks', () => {
  test.each([
    ['0.088888', false],
    ['0.088889', true],
    ['0.1', true],
    ['0.114285', true],
    ['0.114286', false],
  ])('for %s s', (seconds, passes) => {
    const told = verdict(
      `${established}+0...${seconds} read(4, ..., 5) = 5\n+.1 < P. 1:6(5) ack 1 win 4000\n+1 close(4) = 0`,
    );
    expect(told === 'pass').toBe(passes);
    if (!passes) expect(told).toSay(returnAt('read', '0.110000'));
  });
});

test.each([
  ['41', 1],
  ['576', 536],
  ['1500', 1460],
])('an MTU of %s leaves %i octets for data (RFC 9293 §3.7.1)', (mtu, mss) => {
  expect(verdict(`--mtu=${mtu}\n${opening(mss)}`)).toBe('pass');
  expect(verdict(`--mtu=${mtu}\n${opening(mss + 1)}`)).toContain('mss option differs');
});

test('times go on from the event before, from when a packet came where any time would do', () => {
  const again = `${established}${written}+0 ${data}\n* ${data}\n`;
  // 1.01 s: the next wait is twice as long (RFC 6298 §5.5).
  expect(verdict(`${again}+2 ${data}`)).toBe('pass');
  expect(verdict(`${again}3.01 ${data}`)).toBe('pass');
  expect(verdict(`${again}+1 ${data}`)).toContain('the packet came');
});
