// Which places of a long SEND Linux pushes: the last octet, and each full segment with which more than half of the largest window has
// been written since the last push (tcp_sendmsg_locked, forced_push, tcp_mark_push in net/ipv4/tcp.c).
import {expect, test} from 'vitest';
import {Tag} from '../../../source/stack/tcp/flight.ts';
import {settingsFor} from '../../../source/stack/tcp/profiles.ts';
import {pushEndsTo} from '../../../source/stack/tcp/push.ts';
import {resendLost} from '../../../source/stack/tcp/resend.ts';
import {newTcb} from '../../../source/stack/tcp/tcb.ts';
import type {Turn} from '../../../source/stack/tcp/turn.ts';
import {Fifo} from '../../../source/wire/fifo.ts';
import {seq} from '../../../source/wire/seq.ts';
import {TcpFlag} from '../../../source/wire/tcp.ts';
import {fresh, turnWith} from '../../helpers/tcp/lone-turn.ts';
import {A, B, rope} from '../../helpers/tcp/two-hosts.ts';

const endsOf = (profile: 'linux' | 'rfc', written: number, pushed = 0): readonly number[] => {
  const settings = settingsFor(profile, {});
  const tcb = newTcb({origin: 'active', local: A, remote: B, iss: seq(0), read: 'auto'}, settings);
  const snd = {...tcb.snd, nxt: seq(1000), maxWnd: 10_000};
  const turn = {
    tcb: {...tcb, snd, mss: 1000, timestampsOn: false, pushedTo: seq(1000 + pushed)},
    env: {settings},
  } as unknown as Turn;
  return pushEndsTo(seq(1000 + written), turn, false).map((end) => end - 1000);
};

test('with each full segment that lies more than half a window behind the last push', () => {
  expect(endsOf('linux', 5000)).toEqual([5000]);
  expect(endsOf('linux', 6000)).toEqual([6000]);
  expect(endsOf('linux', 6001)).toEqual([6000, 6001]);
  // Half a window itself is not more.
  expect(endsOf('linux', 20_000)).toEqual([6000, 12_000, 18_000, 20_000]);
  expect(endsOf('linux', 9500, 2500)).toEqual([8000, 9500]);
});

test('nowhere but at the end by RFC 9293 §3.9.1.2', () => {
  expect(endsOf('rfc', 20_000)).toEqual([20_000]);
});

// Of a large packet only the last segment bears PSH, and cwnd says which that is (tcp_gso_segment, tcp_cwnd_test).
test.each([
  [1, [false]],
  [2, [false, true]],
  [3, [false, false, true]],
  [9, [false, false, false, true]],
])('a packet of four that was lost, cwnd of %i: the last that leaves pushes', (cwnd, pushes) => {
  const lost = [0, 1, 2, 3].map((n) => ({
    ...{seq: seq(n * 1000), lengthBytes: 1000, flags: TcpFlag.ACK, sentUs: 0, transmissions: 1},
    ...{tags: Tag.lost | (n > 0 ? Tag.packed : 0), deliveredBefore: 0, sending: n + 1},
  }));
  const turn = turnWith({
    ...{state: 'ESTABLISHED', mss: 1000, cwnd: cwnd * 1000, sackPermitted: true},
    retransmissionQueue: Fifo.of(lost),
    snd: {...fresh.snd, una: seq(0), nxt: seq(4 * 1000), wnd: 50 * 1000, maxWnd: 50 * 1000},
    ...{sendBuffer: rope(4 * 1000), flight: {sacked: 0, lost: 4, resent: 0}},
  });
  resendLost(turn, '8985:6.2/lost');
  const sent = turn.effects.flatMap((each) => (each.kind === 'send' ? [each.segment] : []));
  expect(sent.map(({flags}) => (flags & TcpFlag.PSH) !== 0)).toEqual(pushes);
});
