// What a question tells: what has to be known to answer it, and why the answer is right. Oracle: the packets and times of the run, which
// the text has to name; the RFC's own words for what happened.
import {expect, test} from 'vitest';
import type {QuestionKind} from '../../source/quiz/kinds.ts';
import {promptText} from '../../source/quiz/prompt.ts';
import {about, draftsOf} from './drafts.ts';

test.each<[string, QuestionKind, number, readonly string[]]>([
  // A wait that is twice the one before follows from it; any other from the system and its RTO.
  [
    'handshake-loss/nobody',
    'which-timer',
    1,
    ['behave as Linux. RTO=1 s.', 'the wait is 1 s', 'at 0 ms, for 1 s'],
  ],
  ['handshake-loss/nobody', 'which-timer', 2, ['behave as Linux. RTO=1 s.', '  1  client → server  SYN']],
  [
    'handshake-loss/nobody',
    'which-timer',
    6,
    ['The wait before this was 1 s.', 'doubles the wait', 'at 5 s, for 2 s'],
  ],
  ['time-wait/rfc', 'which-timer', 8, ['behave as the RFCs. Nothing', '2 MSL timer at 1.100 s, for 240 s']],
  [
    'half-open/keep-alive',
    'which-timer',
    4,
    ['behave as Linux. Nothing', 'the keep-alive timer at 7200 s, for 75 s'],
  ],
  [
    'teardown',
    'next-seq',
    3,
    ['is a pure ACK.', 'used up 1 for SYN: the next', 'What did the segment before'],
  ],
  ['teardown', 'next-seq', 4, ['is 100 bytes.', 'used up nothing: no SYN, no FIN, no data.']],
  ['teardown', 'next-seq', 7, ['is a pure ACK.', 'used up 100 for its data: the next']],
  ['teardown', 'next-seq', 8, ['is its FIN.']],
  [
    'handshake-loss/third',
    'next-seq',
    4,
    ['the retransmission timer runs out', 'It is the same segment', 'keeps its place'],
  ],
  [
    'teardown',
    'next-ack',
    5,
    ['len=100', 'uses up 100 for its data', 'Count on from seq=332385555', 'So 332385655 is'],
  ],
  ['teardown', 'next-ack', 9, ['uses up 1 for FIN', 'So 332385656 is']],
  [
    'loss-recovery',
    'next-ack',
    10,
    ['has sent', 'Now it receives', 'is missing, or has come already', 'is still expected'],
  ],
  [
    'dns-cache',
    'which-cache-answers',
    1,
    ['All caches are empty. At 0 ms a program on m', 'not even whom to ask but the root'],
  ],
  [
    'dns-cache',
    'which-cache-answers',
    9,
    ['  0 ms  m  y.abc.com A  TTL 300\n', 'were looked up before', 'that of local is'],
  ],
  [
    'dns-cache',
    'which-cache-answers',
    13,
    ['  200 s  n  y.abc.com A  TTL 101\n', 'At 210 s', 'the TTL is still running.'],
  ],
  [
    'dns-cache',
    'ttl-left',
    10,
    ['At 125 ms local got this from auth', 'TTL 300 s', '99 whole seconds', 'left of it, 201 s'],
  ],
  [
    'dns-recursion',
    'next-query-to',
    1,
    ['m looks for y.abc.com A.', 'done by one other', 'one resolver, local, with RD=1'],
  ],
  [
    'teardown',
    'layer-size',
    4,
    [
      '  IP 20  TCP 20  data 100\n',
      'Total Length of the IP',
      'IP total 140 = IP header 20 + TCP header 20 + data 100',
    ],
  ],
  [
    'dns-recursion',
    'layer-size',
    1,
    ['  IP 20  UDP 8  data 27\n', 'IP total 55 = IP header 20 + UDP header 8 + data 27'],
  ],
  ['sliding-window', 'usable-window', 27, ['The smaller one is 4000.', 'min(4000, 10000) − 2000 = 2000']],
  [
    'loss-recovery/no-sack',
    'usable-window',
    16,
    ['The smaller one is 7500.', 'min(64256, 7500) − 7000 = 500'],
  ],
  [
    'loss-recovery/no-sack',
    'cwnd-after',
    12,
    ['ssthresh=∞', '1000 new bytes. What', 'slow start', 'It grows here'],
  ],
  [
    'loss-recovery/no-sack',
    'cwnd-after',
    15,
    ['duplicate ACK number 3', 'is taken for lost', 'It shrinks here'],
  ],
  [
    'loss-recovery/no-sack',
    'cwnd-after',
    19,
    ['ssthresh=3500', 'in fast recovery', 'a partial ACK takes off the 2000 bytes'],
  ],
  ['loss-recovery/no-sack', 'cwnd-after', 21, ['in fast recovery', 'the recovery is over']],
  [
    'teardown',
    'if-dropped',
    7,
    ['packet 6 is lost. Who', 'used up numbers', 'The server waits', 'len=200 again.'],
  ],
  [
    'teardown',
    'if-dropped',
    11,
    ['goes on 100 ms later with\n  ACK', 'A pure ACK is never sent again', 'Nothing has to be sent again'],
  ],
  [
    'handshake-loss/third',
    'which-packet-lost',
    3,
    ['The server sends this once more', 'about its acknowledgement', 'the acknowledgement, was lost'],
  ],
  [
    'loss-recovery',
    'which-packet-lost',
    5,
    ['  5  client → server', 'carried the same numbers', 'Packet 5 carried the same bytes'],
  ],
  [
    'teardown',
    'ends-in-time-wait',
    12,
    ['  8  client → server  FIN', 'It is 1.350 s', 'behave as Linux', 'from 1.350 s on for 60 s'],
  ],
  [
    'refused',
    'which-flags',
    2,
    ['The server is in CLOSED.', 'a connection that this belongs to', 'RST says so at once'],
  ],
  ['handshake-loss/third', 'which-flags', 2, ['One segment does both']],
  ['handshake-loss/third', 'which-flags', 1, ['nothing to acknowledge yet']],
  ['handshake-loss/third', 'which-flags', 3, ['What has to be confirmed', 'neither a SYN nor a FIN']],
  ['teardown', 'which-flags', 8, ['its program calls shutdown()', 'FIN ends this side’s stream']],
  [
    'simultaneous-close',
    'state-of-peer',
    11,
    ['At 1.100 s the client enters TIME-WAIT.', 'The server is in CLOSING.'],
  ],
  [
    'handshake-loss/third',
    'who-sends-next',
    4,
    ['Packet 3 has been lost on its way.', 'knows nothing of what was lost', 'packet 4, from the server'],
  ],
  [
    'handshake-loss/third',
    'who-sends-next',
    2,
    ['Packet 1 has just arrived at the server.', 'asks for an answer'],
  ],
])('%s: %s of packet %i', (run, kind, packet, facts) => {
  const draft = draftsOf(about(run), kind).find(({evidence}) => evidence.packet === packet);
  if (!draft) throw new Error('nothing is asked');
  const told = [promptText(draft.prompt), ...draft.hints, draft.explain].map(({en}) => en).join('\n');
  for (const fact of facts) expect(told).toContain(fact);
});

test('who closed first is told by the first FIN, above the last three packets', () => {
  const [draft] = draftsOf(about('teardown'), 'ends-in-time-wait');
  const packets = [...promptText(draft?.prompt ?? []).en.matchAll(/^ {2}(\d+) {2}/gm)].map(([, packet]) =>
    Number(packet),
  );
  expect(packets).toEqual([8, 10, 11, 12]);
});

test('when both close at once, both ends enter TIME-WAIT and CLOSED at their own instants', () => {
  const told = draftsOf(about('simultaneous-close'), 'state-of-peer').map(({prompt}) =>
    /At ([\d.]+ \w+) the (\w+) enters ([\w-]+)(: its 2 MSL are over)?/
      .exec(promptText(prompt).en)
      ?.slice(1, 5),
  );
  expect(told.slice(2)).toEqual([
    ['1.100 s', 'client', 'TIME-WAIT', undefined],
    ['1.100 s', 'server', 'TIME-WAIT', undefined],
    ['61.10 s', 'client', 'CLOSED', ': its 2 MSL are over'],
    ['61.10 s', 'server', 'CLOSED', ': its 2 MSL are over'],
  ]);
});
