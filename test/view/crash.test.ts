// A host that crashes forgets its connections (RFC 9293 §3.5.1), and the ladder says so. Oracle: the world has
// no connection record on that host any more.
import {expect, test} from 'vitest';
import {pacing} from '../../source/view/time/pacing.ts';
import {handshakeScenario} from '../helpers/scenarios.ts';
import {run} from '../helpers/traces.ts';
import {canvasOf, open, playingAt, textOf} from './player.ts';

const crashed = run(
  handshakeScenario({
    script: [
      ...handshakeScenario().script,
      {when: {kind: 'at', atUs: 1_000_000}, host: 'server', action: {call: 'crash'}},
      {when: {kind: 'at', atUs: 2_000_000}, host: 'client', action: {call: 'send', bytes: 10}},
    ],
    until: {atUs: 2_100_000},
  }),
);

test('after the crash the server is CLOSED on the ladder, the client is not', () => {
  expect(crashed.stateAt(crashed.length)?.hosts.server?.tcp.connections.size).toBe(0);
  const opened = open({trace: crashed});
  const rows = textOf(canvasOf(opened, playingAt(opened, 2_050_000), {columns: 120, rows: 40}));
  const text = rows.join('\n');
  expect(text).toMatch(/CLOSED +1\.000 s/);
  expect(text).not.toMatch(/ESTABLISHED +1\.000 s/);
});

test('it changes state once, and a host without a record does not', () => {
  const {changes} = pacing(crashed);
  const server = [...changes].filter(({host}) => host === 'server').map(({state}) => state);
  expect(server).toEqual(['LISTEN', 'SYN-RECEIVED', 'ESTABLISHED', 'CLOSED']);
  const idle = run(
    handshakeScenario({script: [{when: {kind: 'at', atUs: 0}, host: 'server', action: {call: 'crash'}}]}),
  );
  expect([...pacing(idle).changes]).toEqual([]);
});
