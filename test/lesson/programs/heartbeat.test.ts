// Heartbeats of programs. Oracles: times by hand, RFC 6298 for the retransmission, RFC 5382 §5 for the NAT.
import {describe, expect, test} from 'vitest';
import type {Trace} from '../../../source/sim/trace.ts';
import {errorsOf, load, traceOf} from '../fragments.ts';
import {misspelt} from '../told-problem.ts';

const script = (...lines: readonly string[]): string => `script:
  - {at: 0ms, host: server, call: listen, port: 80}
  - {at: 0ms, host: client, call: connect, to: 'server:80', from: 40000, as: c}
  - {at: 0ms, host: client, call: heartbeat, of: c, every: 30s, bytes: 20, limit: 90s}
${lines.map((line) => `  - ${line}\n`).join('')}`;

const run = (lines: readonly string[], more = '', until = '5m'): Trace =>
  traceOf(load({script: script(...lines), runs: `${more}until: ${until}\nlimit: 1h\n`}));

const calls = (trace: Trace, call: string): readonly (readonly [seconds: number, host: string])[] =>
  [...trace.events()].flatMap((event) =>
    event.kind === 'call' && event.call === call ? [[event.atUs / 1e6, event.host] as const] : [],
  );

describe('heartbeat', () => {
  test('every 30 s a request and its answer', () => {
    expect(calls(run([], '', '100s'), 'send')).toEqual([
      [30, 'client'],
      [30.05, 'server'],
      [60, 'client'],
      [60.05, 'server'],
      [90, 'client'],
      [90.05, 'server'],
    ]);
  });

  test('a request is answered when all of it has come, and each of several that come at once', () => {
    const send = (at: string, bytes: number) =>
      `{at: ${at}, host: client, call: send, of: c, bytes: ${bytes}}`;
    const trace = run([send('10s', 10), send('15s', 10), send('20s', 50), send('25s', 10)], '', '26s');
    const answers = calls(trace, 'send').filter(([, host]) => host === 'server');
    expect(answers.map(([seconds]) => seconds)).toEqual([15.05, 20.05, 20.05, 25.05]);
  });

  test('a lost answer is TCP’s affair: sent again after the RTO, and nobody is alarmed', () => {
    const faults = 'runs: {base: {faults: [{drop: {from: server, data: true, nth: 2}}]}}\n';
    const trace = run([], faults);
    const again = [...trace.events()].filter((event) => event.kind === 'send' && event.retransmission);
    expect(again.map(({host}) => host)).toEqual(['server']);
    expect(calls(trace, 'abort')).toEqual([]);
  });

  // TCP alone would notice after 16 min, keep-alive after two hours.
  test('a server that is gone is noticed after the limit', () => {
    expect(calls(run(['{at: 65s, host: server, call: crash}']), 'abort')).toEqual([[150.1, 'client']]);
  });

  test('the server, too, gives up a client that is silent', () => {
    expect(calls(run(['{at: 65s, host: client, call: crash}']), 'abort')).toEqual([[150.05, 'server']]);
  });

  test('it ends with its connection', () => {
    const trace = run(['{at: 40s, host: client, call: abort, of: c}'], '', '10m');
    expect(calls(trace, 'send')).toHaveLength(2);
    expect(trace.endReason).toBe('quiet');
  });

  test('it keeps the memory of a NAT fresh', () => {
    const nat = 'actors: [{nat: client, idle: 60s}]\n';
    const late = '{at: 400s, host: client, call: send, of: c, bytes: 10}';
    const trace = run([late], nat, '450s');
    expect([...trace.events()].filter((event) => event.kind === 'drop')).toEqual([]);
  });

  test('without a connection it is refused', () => {
    const trace = traceOf(
      load({
        script: `script:
  - {at: 0ms, host: client, call: heartbeat, every: 30s, bytes: 20, limit: 90s}
  - {at: 1ms, host: client, call: connect, to: 'server:80'}
`,
      }),
    );
    const [first] = [...trace.events()];
    expect(first).toMatchObject({kind: 'call', call: 'heartbeat', result: 'EBADF'});
  });

  test.each([
    ['every: 30s, bytes: 20', {at: '13:5', says: 'constructKeys.needs', word: 'heartbeat', key: 'limit'}],
    ['every: 30s, bytes: 20, limit: 30s', {at: '13:76', says: 'programsConstructs.theLimitIs'}],
    ['of: d, every: 30s, bytes: 20, limit: 90s', misspelt('13:50', 'd', 'c', 'connection')],
  ])('misused: %s', (keys, error) => {
    const [found] = errorsOf({
      script: `script:\n  - {at: 0ms, host: client, call: heartbeat, ${keys}}\n  - {at: 0ms, host: client, call: connect, to: 'server:80', as: c}\n`,
    });
    expect(found).toMatchObject(error);
  });
});
