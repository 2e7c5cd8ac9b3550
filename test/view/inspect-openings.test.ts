// Checks which options a SYN,ACK is said to lack (RFC 7323 §2.2, RFC 2018 §2). An option that is malformed or was not captured is not said to be
// missing.
import {expect, test} from 'vitest';
import type {TcpOption} from '../../source/wire/tcp.ts';
import {inspectedPassing, oddIn} from '../helpers/passed-capture.ts';

const offered: readonly TcpOption[] = [
  {kind: 'mss', mss: 1460},
  {kind: 'sackPermitted'},
  {kind: 'windowScale', shift: 7},
];

const oddWith = (options: readonly TcpOption[]): string =>
  oddIn(
    inspectedPassing([
      {atMs: 0, by: 'client', flags: 'S', seq: 1000, options: offered},
      {atMs: 1, by: 'server', flags: 'SA', seq: 9000, ack: 1001, options},
      {atMs: 2, by: 'client', flags: 'A', seq: 1001, ack: 9001},
    ]),
    'en',
  ).join(' ');

const mss: TcpOption = {kind: 'mss', mss: 1460};

test('an option that the SYN,ACK lacks is said to be left out', () => {
  expect(oddWith([mss])).toContain('leaves that out');
  expect(oddWith(offered)).not.toContain('leaves that out');
});

test('an option with a wrong length is not said to be left out', () => {
  const shift: TcpOption = {kind: 'raw', type: 3, data: Uint8Array.of(7, 7)};
  expect(oddWith([mss, {kind: 'sackPermitted'}, shift])).not.toContain('leaves that out');
});
