// Which places of a long SEND Linux pushes: the last octet, and each full segment with which more than half of the largest window has
// been written since the last push (tcp_sendmsg_locked, forced_push, tcp_mark_push in net/ipv4/tcp.c).
import {expect, test} from 'vitest';
import {settingsFor} from '../../../source/stack/tcp/profiles.ts';
import {pushEndsTo} from '../../../source/stack/tcp/push.ts';
import {newTcb} from '../../../source/stack/tcp/tcb.ts';
import type {Turn} from '../../../source/stack/tcp/turn.ts';
import {seq} from '../../../source/wire/seq.ts';
import {A, B} from '../../helpers/tcp/two-hosts.ts';

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
