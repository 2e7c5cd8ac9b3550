// A host's `tcp:`, `set:` of it, and the calls that change a connection: each key used and misused, place and remedy pinned.

import {describe, expect, test} from 'vitest';
import {evaluate} from '../../../source/lesson/evaluate.ts';
import {parseExpression} from '../../../source/lesson/expression-parser.ts';
import {matchingEvents} from '../../../source/lesson/match.ts';
import {vocabulary} from '../../../source/lesson/protocols.ts';
import {plainValue} from '../../../source/lesson/value.ts';
import {errorsOf, load, runOf, traceOf} from '../fragments.ts';
import {matches} from '../matching.ts';
import {misspelt} from '../told-problem.ts';

describe('settings of a host’s TCP', () => {
  const topology = (tcp: string): string => `topology: {hosts: {client: {tcp: {${tcp}}}}}\n`;

  test('each changes the machine’s own', () => {
    const tcp =
      'mss: 1000, rcvBuffer: 64KiB, sndBuffer: 8KiB, windowScale: 7, sack: true, timestamps: true, nagle: false, delayedAck: 40ms, ' +
      'initialRto: 1s, minRto: 200ms, maxRto: 2m, rtoAfterSynTimeout: 3s, synRetries: 6, synLinearTimeouts: 4, synAckRetries: 5, ' +
      'dataRetries: 15, timeWait: 60s, finTimeout: off, userTimeout: 30s, backlog: 128, synCookies: onOverflow, synCache: 1000, synOverflow: recycle, acceptOverflow: reset, ' +
      'keepAlive: {idle: 2h, interval: 75s, probes: 9}, initialWindow: 10, ecn: request';
    expect(runOf(load({topology: topology(tcp)})).hosts[0]?.tcp).toMatchObject({
      mss: 1000,
      rcvBufferBytes: 65_536,
      sndBufferBytes: 8192,
      windowScale: 7,
      sackPermitted: true,
      timestamps: true,
      noDelay: true,
      delayedAckUs: 40_000,
      initialRtoUs: 1_000_000,
      minRtoUs: 200_000,
      maxRtoUs: 120_000_000,
      rtoAfterSynTimeoutUs: 3_000_000,
      synRetries: 6,
      synLinearTimeouts: 4,
      synAckRetries: 5,
      dataRetries: 15,
      timeWaitUs: 60_000_000,
      finTimeoutUs: 0,
      userTimeoutUs: 30_000_000,
      synQueue: 129,
      acceptQueue: 128,
      synCookies: 'onOverflow',
      synCache: 1000,
      synOverflow: 'recycle',
      acceptOverflow: 'reset',
      keepAlive: true,
      keepAliveIdleUs: 7_200_000_000,
      keepAliveIntervalUs: 75_000_000,
      keepAliveProbes: 9,
      initialWindow: 'rfc6928',
      ecn: 'request',
    });
  });

  test('whatever the profile, timestamps and delayed ACK are off until a lesson turns them on', () => {
    const lesson = load({
      runs: 'profile: freebsd\nruns: {base: {}, on: {set: {client.tcp.timestamps: true}}}\n',
    });
    const options = (run: string) =>
      traceOf(lesson, run).packet(1).frame?.payload.kind === 'ip'
        ? evaluateText(lesson, run, 'packet(1).tcp.hdr_len')
        : undefined;
    expect(options('base')).toBe(32);
    expect(options('on')).toBe(40);
  });

  const evaluateText = (lesson: ReturnType<typeof load>, run: string, text: string) => {
    const trace = traceOf(lesson, run);
    const parsed = parseExpression(text, {hosts: ['client', 'server'], connections: ['c'], vocabulary});
    const found = parsed.ok ? evaluate(parsed.value, {trace, event: trace.length}) : parsed;
    return found.ok ? plainValue(found.value) : undefined;
  };

  test('cc: how a window grows, of a host or of a run', () => {
    const lesson = load({
      topology: topology('cc: cubic'),
      runs: 'runs: {base: {set: {server.tcp.cc: reno}}}\n',
    });
    expect(runOf(lesson).hosts.map(({tcp}) => tcp.congestion)).toEqual(['cubic', 'reno']);
  });

  test('keepAlive by single settings, and off', () => {
    const lesson = load({
      topology: topology('keepAlive: {idle: 1h, probes: 3}'),
      runs: 'runs: {base: {set: {client.tcp.keepAlive.interval: 10s}}, off: {set: {client.tcp.keepAlive: off}}}\n',
    });
    expect(runOf(lesson).hosts[0]?.tcp).toMatchObject({
      keepAlive: true,
      keepAliveIdleUs: 3_600_000_000,
      keepAliveIntervalUs: 10_000_000,
      keepAliveProbes: 3,
    });
    expect(runOf(lesson, 'off').hosts[0]?.tcp).toMatchObject({keepAlive: false});
  });

  test.each([
    ['nagel: true', misspelt('8:35', 'nagel', 'nagle', 'key')],
    ['nagle: yes', {at: '8:42', says: 'schemaProblems.expected.isNotWhat', what: 'switch', shown: 'yes'}],
    [
      'synCookies: sometimes',
      {at: '8:47', says: 'problem.unknownWord', remedy: 'allowedHere', given: 'sometimes'},
    ],
    [
      'synCache: on',
      {at: '8:45', says: 'schemaProblems.expected.isNotWhat', what: 'number or off', shown: 'on'},
    ],
    ['synOverflow: recicle', misspelt('8:48', 'recicle', 'recycle', 'value')],
    [
      'initialWindow: 7',
      {at: '8:50', says: 'schemaProblems.expected.isNotWhat', what: 'initial window', shown: '7'},
    ],
    ['keepAlive: {idel: 2h}', misspelt('8:47', 'idel', 'idle', 'key')],
    ['keepAlive: true', {at: '8:46', says: 'schemaProblems.expected.aValueOf', what: 'keep-alive'}],
    ['cc: bbr', {at: '8:39', says: 'problem.unknownWord', remedy: 'allowedHere', given: 'bbr'}],
  ])('%s', (tcp, error) => {
    matches(errorsOf({topology: topology(tcp)}), error);
  });
});

describe('hosts that are off', () => {
  test('used: nothing answers until a cause says reboot', () => {
    const lesson = load({
      runs: `runs:
  base: {}
  dead: {set: {server.up: false}, until: 500ms}
`,
    });
    expect(runOf(lesson, 'dead').script[0]).toEqual({
      when: {kind: 'at', atUs: 0},
      host: 'server',
      action: {call: 'crash'},
    });
    expect(
      matchingEvents({match: {kind: 'packet', what: 'sends', host: 'server'}}, traceOf(lesson, 'dead')),
    ).toEqual([]);
  });

  test('misused', () => {
    matches(errorsOf({runs: 'runs: {base: {set: {server.up: down}}}\n'}), {
      at: '15:32',
      says: 'schemaProblems.expected.isNotWhat',
      what: 'switch',
      shown: 'down',
    });
  });
});

describe('calls that came later', () => {
  const script = (line: string): string =>
    `script:\n  - {at: 0ms, host: server, call: listen, port: 80, accept: manual, backlog: 2}\n  - {at: 0ms, host: client, call: connect, to: 'server:80', as: c}\n  - ${line}\n`;

  test('accept, setOption, urgent data', () => {
    const action = (line: string) => runOf(load({script: script(line)})).script.at(-1)?.action;
    expect(action('{at: 1s, host: server, call: accept, port: 80}')).toEqual({call: 'accept', port: 80});
    expect(
      action('{at: 1s, host: client, call: setOption, of: c, nagle: false, keepAlive: {idle: 1m}}'),
    ).toEqual({
      call: 'setOption',
      of: 'c',
      options: {noDelay: true, keepAlive: true, keepAliveIdleUs: 60_000_000},
    });
    expect(action('{at: 1s, host: client, call: send, bytes: 5, urgent: true}')).toEqual({
      call: 'send',
      bytes: 5,
      urgent: true,
    });
  });

  test.each([
    [
      '{at: 1s, host: server, call: accept}',
      {at: '15:5', says: 'constructKeys.needs', word: 'accept', key: 'port'},
    ],
    ['{at: 1s, host: client, call: setOption, mss: 5}', misspelt('15:45', 'mss', 'iss', 'key')],
    [
      '{at: 1s, host: client, call: setOption, nagle: off}',
      {at: '15:52', says: 'schemaProblems.expected.isNotWhat', what: 'switch', shown: 'off'},
    ],
    [
      '{at: 1s, host: client, call: setOption, of: d, nagle: false}',
      misspelt('15:49', 'd', 'c', 'connection'),
    ],
    [
      '{at: 1s, host: m, call: resolve, name: y.abc.com}',
      {at: '15:20', says: 'problem.unknownWord', remedy: 'allowedHere', given: 'm'},
    ],
    [
      '{at: 5, host: client, call: resolve, name: y.abc.com}',
      {at: '15:10', says: 'schemaProblems.expected.isNotWhat', what: 'duration', shown: '5'},
    ],
  ])('%s', (line, error) => {
    expect(errorsOf({script: script(line)})).toContainEqual(expect.objectContaining(error));
  });
});
