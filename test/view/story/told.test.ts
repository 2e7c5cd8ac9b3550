// The account's own voice where no beat speaks: one thing an instant, in the words of RFC 9293, from the facts of the run.

import {expect, test} from 'vitest';
import type {Trace} from '../../../source/sim/trace.ts';
import {withCommentary} from '../../../source/view/story/commentary.ts';
import {allRuns, traceOf as lessonTrace} from '../../helpers/all-runs.ts';
import {tracedWith} from '../../helpers/diverged.ts';
import {handshakeScenario, teardownScenario} from '../../helpers/scenarios.ts';
import {run} from '../../helpers/traces.ts';
import {sends} from '../beats.ts';

const loses = (...packets: number[]) => packets.map((packet) => ({kind: 'drop', at: {packet}}) as const);
const said = (beats: ReturnType<typeof withCommentary>) =>
  beats.map((beat) => (beat.kind === 'narration' ? [beat.say.en, beat.say.zh] : []));
const lessonRun = (name: string): Trace =>
  lessonTrace(allRuns().find((each) => each.name === name) ?? expect.fail(name));
const english = (trace: Trace): readonly string[] => said(withCommentary(trace, [])).map(([en]) => en ?? '');

// RFC 9293 Fig. 6 and Fig. 12: each change of state, by what brings it.
test('where no beat speaks the account tells how a connection begins and ends', () => {
  expect(english(run(teardownScenario())).map((text) => text.split(/[.:]/)[0])).toEqual([
    'The client asks the server for a connection',
    'The server answers with SYN,ACK',
    'The client has the answer to its SYN and is ESTABLISHED',
    'The client sends 100 bytes, from seq=1001',
    'The server’s SYN is acknowledged',
    'The server hands the 100 bytes to its program; ack=1101 is the next number it expects',
    'The server sends 200 bytes, from seq=9001',
    'The client hands the 200 bytes to its program; ack=9201 is the next number it expects',
    'The client will send no more data and says so with its FIN, seq=1101',
    'The server gets the FIN',
    'The client’s FIN is acknowledged',
    'The server sends 50 bytes, from seq=9201',
    'The server closes its direction too',
    'The client gets the FIN and acknowledges it',
    'The last FIN is acknowledged',
    'TIME-WAIT is over',
  ]);
});

test('a closed port, a host that went down, a window that closes and opens', () => {
  expect(english(lessonRun('refused base'))).toEqual([
    'The client asks the server for a connection: its SYN carries seq=1000, the number from which it counts.',
    'No program on the server listens on port 81: it answers with RST.',
    'The SYN of the client is answered by RST: no connection comes of it. Its program gets ECONNREFUSED.',
  ]);
  expect(english(lessonRun('half-open base'))).toContain(
    'The server has no such connection: its answer to the 10 bytes from seq=1001 is RST.',
  );
  const window = english(lessonRun('sliding-window base')).join('\n');
  for (const told of [
    'keeps 6000 bytes back',
    'the window is 0',
    'asks whether the window',
    'opens its window to 4000 bytes',
  ])
    expect(window).toContain(told);
});

test('where a queue drops every other segment not each of the gaps is told', () => {
  const gaps = english(lessonRun('cubic what-if 3')).filter((text) =>
    /lies behind (a|another) gap/.test(text),
  );
  expect(gaps).toHaveLength(2);
  expect(new Set(gaps).size).toBe(2);
});

// RFC 8985 §6.2, §7.3: a probe and a reordering window are no time-out.
test('what is sent again without a time-out is told by what brought it about', () => {
  const told = said(withCommentary(lessonRun('rack-tlp base'), [])).flat();
  expect(told.join('\n')).toMatch(
    /No ACK of the .* has come for .*: the server sends them again, to ask what has arrived/,
  );
  expect(told.join('\n')).toMatch(
    /Something sent later has arrived, and the reordering window has passed: the server marks .* as lost/,
  );
  expect(told.filter((text) => text?.includes('重传定时器超时'))).toEqual([]);
  expect(english(lessonRun('rack-tlp hole')).join('\n')).toMatch(
    /the server’s reordering timer has run out after 7 ms: it marks the 1000 bytes/,
  );
});

// RFC 9293 §3.10.7.4, eighth check: a FIN ends what is received.
test('data behind a FIN that somebody forged are no copy of what had come', () => {
  const why = allRuns().find(({name}) => name === 'why-four streaming') ?? expect.fail();
  const fault = {kind: 'edit', field: 'tcp.flags', value: 17, mend: true, at: {packet: 5}} as const;
  const told = english(tracedWith({...why, fault})).join('\n');
  expect(told).toContain(
    'The client throws the 1460 bytes from seq=10461 away: for it the server has ended its data with a FIN, and nothing after that counts.',
  );
  expect(told).not.toContain('already has the 1460 bytes');
});

test('names, pages and TLS are told by whom they are asked and answered', () => {
  const names = english(lessonRun('dns-iterative base')).join('\n');
  expect(names).toContain('root does not have the answer, but names the server of com');
  expect(names).toContain(
    'authority answers: the A record of y.abc.com is 203.0.113.80, with a TTL of 300 s. AA=1',
  );
  expect(english(lessonRun('http-request base')).join('\n')).toContain(
    'has the whole response to /sample/hello.jsp: 200',
  );
  expect(english(lessonRun('https-tls13 full')).join('\n')).toContain(
    'For the client TLS 1.3 is established',
  );
});

test('from the departure on, and what the path did before it', () => {
  const trace = run(handshakeScenario({faults: loses(1)}));
  const from = sends(trace, 2);
  expect(said(withCommentary(trace, [], {from})).map(([en]) => en?.split(/[.:]/)[0])).toEqual([
    'The SYN is lost on the way',
    'The client’s timer runs out after 1 s',
    'The server answers with SYN,ACK',
    'The client has the answer to its SYN and is ESTABLISHED',
    'The server’s SYN is acknowledged',
  ]);
});
