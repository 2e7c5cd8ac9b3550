// Constructs of lesson-language.md that the other tests do not have: each once used and once misused, place and remedy pinned.
import {describe, expect, test} from 'vitest';
import {bindBeats} from '../../source/lesson/bind.ts';
import {evaluate} from '../../source/lesson/evaluate.ts';
import {parseExpression} from '../../source/lesson/expression-parser.ts';
import {matchingEvents} from '../../source/lesson/match.ts';
import {vocabulary} from '../../source/lesson/protocols.ts';
import {plainValue} from '../../source/lesson/value.ts';
import {errorsOf, load, runOf, traceOf} from './fragments.ts';

const matches = (found: readonly string[], ...errors: readonly (string | RegExp)[]): void =>
  expect(found).toEqual(
    errors.map((each) => (typeof each === 'string' ? each : expect.stringMatching(each))),
  );

const routed = `topology:
  hosts:
    client: {ip: 192.0.2.10, iss: 1000}
    r1: {router: true, ip: {near: 192.0.2.1, far: 198.51.100.1}}
    server: {ip: 198.51.100.20, iss: 9000}
  links:
    - {name: near, between: [client, r1], delay: 25ms}
    - {name: far, between: [r1, server], delay: 25ms}
`;

describe('runs side by side', () => {
  const runs = 'runs: {base: {}, rfc: {profile: rfc}}\n';

  test('used', () => {
    expect(load({runs: `${runs}together: [base, rfc]\n`}).together).toEqual(['base', 'rfc']);
    expect(load()).not.toHaveProperty('together');
  });

  test('misused', () => {
    matches(
      errorsOf({runs: `${runs}together: [base, rcf]\n`}),
      '16:18 no run “rcf” | did you mean rfc? allowed here: base, rfc',
    );
    matches(
      errorsOf({runs: `${runs}together: [rfc, rfc]\n`}),
      '16:17 rfc stands here twice | name other runs',
    );
    matches(
      errorsOf({runs: `${runs}together: [base]\n`}),
      '16:11 a value of another kind is expected here | write at least two runs',
    );
  });
});

describe('until', () => {
  test('a selector ends the run with the instant of its event', () => {
    const lesson = load({
      runs: `runs:
  base: {until: {enters: ESTABLISHED, host: server}}
  second: {until: {sends: client, nth: 2}}
  later: {until: {sends: client, after: {at: 60ms}}}
  beyond: {until: {enters: CLOSED}}
  timed: {until: {at: 60ms}}
  whole: {until: {end: true}}
`,
    });
    const ends = lesson.runs.map(({name}) => {
      const {durationUs, endReason} = traceOf(lesson, name);
      return [name, durationUs / 1000, endReason];
    });
    expect(ends).toEqual([
      ['base', 150, 'until'],
      ['second', 100, 'until'],
      ['later', 100, 'until'],
      ['beyond', 150, 'quiet'],
      ['timed', 50, 'until'],
      ['whole', 150, 'quiet'],
    ]);
    expect(runOf(lesson, 'timed').until).toEqual({atUs: 60_000});
  });

  test('the events of a stopped run are the beginning of the whole one', () => {
    const lesson = load({runs: 'runs: {base: {until: {arrives: server}}, whole: {}}\n'});
    const [stopped, whole] = [traceOf(lesson), traceOf(lesson, 'whole')];
    expect([...stopped.events()]).toEqual([...whole.events(1, stopped.length)]);
    expect(stopped.length).toBeLessThan(whole.length);
    expect(stopped.stateAt(stopped.length)).toEqual(whole.stateAt(stopped.length));
  });

  test('misused', () => {
    matches(
      errorsOf({runs: 'until: {enters: CLOSED, host: sever}\n'}),
      '15:31 no host “sever” | did you mean server? allowed here: client, server, any',
    );
    matches(
      errorsOf({runs: 'runs: {base: {until: {entres: CLOSED}}}\n'}),
      /^15:23 no key “entres” \| did you mean enters\?/,
    );
  });
});

describe('counterfactual overrides', () => {
  test('a machine that has no such override is not quietly a real one', () => {
    matches(
      errorsOf({runs: 'runs: {ghost: {notTcp: {acceptWithoutThirdStep: true}}}\n'}),
      '15:25 the override “acceptWithoutThirdStep” is part of the language, but not of this version | leave it out; nothing is allowed here',
    );
    matches(
      errorsOf({whatIf: 'whatIf: [{title: {en: t, zh: 题}, notTcp: {skipTimeWait: true}}]\n'}),
      /^17:43 the override “skipTimeWait” is part of the language/,
    );
  });

  test('misspelt', () => {
    matches(
      errorsOf({runs: 'runs: {ghost: {notTcp: {skipTimeWat: true}}}\n'}),
      /^15:25 no key “skipTimeWat” \| did you mean skipTimeWait\?/,
    );
    matches(
      errorsOf({runs: 'runs: {ghost: {notTcp: {skipTimeWait: false}}}\n'}),
      '15:39 a value of another kind is expected here | write true',
    );
  });
});

describe('challenges', () => {
  const challenge = (text: string): string => `challenge: ${text}\n`;

  test('used', () => {
    const lesson = load({
      whatIf: challenge(
        '{goal: [{enters: CLOSING}, {enters: LAST-ACK, after: {enters: CLOSING}}], offer: [close, shutdown, drop], par: 3, hints: [{en: cross, zh: 交叉}]}',
      ),
    });
    expect(lesson.challenge).toMatchObject({
      goal: [
        {selector: {match: {kind: 'enters', state: 'CLOSING'}}, position: {line: 17, column: 20}},
        {selector: {after: {match: {kind: 'enters', state: 'CLOSING'}}}},
      ],
      offer: {calls: ['shutdown', 'close'], faults: ['drop']},
      par: 3,
      hints: [{en: 'cross', zh: '交叉'}],
    });
  });

  test.each([
    [
      '{goal: [{enters: CLOSING}], offer: [clos], par: 3}',
      /^17:48 no call or fault “clos” \| did you mean close\?/,
    ],
    ['{goal: [{enters: CLOSING}], offer: [get], par: 3}', /^17:48 the call “get” is part of the language/],
    [
      '{goal: [], offer: [close], par: 3}',
      '17:19 a value of another kind is expected here | write at least one selector',
    ],
    [
      '{goal: [{enters: CLOSING}], offer: [close], par: 0}',
      '17:61 “0” is not what belongs here | write a whole number, 1 or more',
    ],
    [
      '{goal: [{enters: CLOSING, host: x}], offer: [close], par: 1}',
      '17:44 no host “x” | allowed here: client, server, any',
    ],
  ])('%s', (text, error) => {
    matches(errorsOf({whatIf: challenge(text)}), error);
  });
});

describe('routers', () => {
  test('what a router passes on is a hop: forwards, packet(N.1), p', () => {
    const lesson = load({
      topology: routed,
      beats:
        "beats:\n  - {when: {forwards: r1, flags: [SYN]}, say: {en: '{packet(1).ip.ttl} {p.ip.ttl}', zh: '{packet(1).ip.ttl} {p.ip.ttl}'}}\n",
    });
    const trace = traceOf(lesson);
    expect(bindBeats(lesson, 'base', trace)).toMatchObject({beats: [{say: {en: '64 63'}}], errors: []});
    const names = {hosts: ['client', 'r1', 'server'], connections: [], vocabulary};
    const value = (text: string) => {
      const parsed = parseExpression(text, names);
      const found = parsed.ok ? evaluate(parsed.value, {trace, event: trace.length}) : parsed;
      return found.ok ? plainValue(found.value) : found;
    };
    expect(value('packet(1).ip.ttl')).toBe(64);
    expect(value('packet(1.1).ip.ttl')).toBe(63);
    expect(value('packet(1.1).tcp.seq_raw - packet(1).tcp.seq_raw')).toBe(0);
    expect(value('packet(1.2).ip.ttl')).toMatchObject({error: {message: {en: 'packet 1 has no hop 2'}}});
    expect(value('count({forwards: r1})')).toBe(3);
    expect(value('count({sends: any})')).toBe(3);
  });

  test('misused', () => {
    matches(
      errorsOf({topology: routed, beats: 'beats: [{when: {forwards: r2}, say: {en: a, zh: 甲}}]\n'}),
      '19:27 no host “r2” | did you mean r1? allowed here: client, r1, server, any',
    );
  });
});

describe('beats with a card or a link', () => {
  test('a card may stand for what is said', () => {
    const lesson = load({
      beats: 'beats: [{when: {end: true}, card: states-by-tool, link: time-wait}]\n',
    });
    const {beats} = bindBeats(lesson, 'base', traceOf(lesson));
    expect(beats).toMatchObject([{card: 'states-by-tool', link: 'time-wait', say: {en: '', zh: ''}}]);
  });

  test('misused', () => {
    matches(
      errorsOf({beats: 'beats: [{when: {end: true}, link: time-wait}]\n'}),
      '15:9 this beat says nothing | add say:, or card: with the id of a card',
    );
    matches(
      errorsOf({beats: 'beats: [{when: {end: true}, card: States}]\n'}),
      /^15:35 “States” is not what belongs here \| write an id of lower-case letters/,
    );
  });
});

describe('settings of a host’s TCP', () => {
  const topology = (tcp: string): string => `topology: {hosts: {client: {tcp: {${tcp}}}}}\n`;

  test('each changes the machine’s own', () => {
    const tcp =
      'mss: 1000, rcvBuffer: 64KiB, sndBuffer: 8KiB, windowScale: 7, sack: true, timestamps: true, nagle: false, delayedAck: 40ms, ' +
      'initialRto: 1s, minRto: 200ms, maxRto: 2m, rtoAfterSynTimeout: 3s, synRetries: 6, synLinearTimeouts: 4, synAckRetries: 5, ' +
      'dataRetries: 15, timeWait: 60s, finTimeout: off, userTimeout: 30s, backlog: 128, synCookies: onOverflow, ' +
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
      synQueue: 128,
      acceptQueue: 128,
      synCookies: 'onOverflow',
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
    ['nagel: true', /^8:35 no key “nagel” \| did you mean nagle\?/],
    ['nagle: yes', '8:42 “yes” is not what belongs here | write true or false'],
    ['synCookies: sometimes', '8:47 no value “sometimes” | allowed here: off, onOverflow, always'],
    ['initialWindow: 7', '8:50 “7” is not what belongs here | write 10, rfc6928 or rfc5681'],
    ['keepAlive: {idel: 2h}', /^8:47 no key “idel” \| did you mean idle\?/],
    [
      'keepAlive: true',
      '8:46 a value of another kind is expected here | write off, or {idle: 2h, interval: 75s, probes: 9}',
    ],
    ['cc: cubic', /^8:35 the setting “tcp.cc” is part of the language, but not of this version/],
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
    matches(
      errorsOf({runs: 'runs: {base: {set: {server.up: down}}}\n'}),
      '15:32 “down” is not what belongs here | write true or false',
    );
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
    ['{at: 1s, host: server, call: accept}', '15:5 accept needs port: | add port: to this cause'],
    ['{at: 1s, host: client, call: setOption, mss: 5}', /^15:45 no key “mss” \|/],
    [
      '{at: 1s, host: client, call: setOption, nagle: off}',
      '15:52 “off” is not what belongs here | write true or false',
    ],
    [
      '{at: 1s, host: client, call: setOption, of: d, nagle: false}',
      /^15:\d+ no connection “d” \| did you mean c\?/,
    ],
    [
      '{at: 1s, host: m, call: resolve, name: y.abc.com}',
      /^15:\d+ no host “m” \| allowed here: client, server$/,
    ],
    ['{at: 5, host: client, call: resolve, name: y.abc.com}', /^15:10 “5” is not what belongs here/],
  ])('%s', (line, error) => {
    expect(errorsOf({script: script(line)})).toContainEqual(
      typeof error === 'string' ? error : expect.stringMatching(error),
    );
  });
});

describe('words of protocols to come', () => {
  test.each([
    [
      {runs: 'apps: [{host: server, http: {port: 80}}]\n'},
      /^15:23 the application “http” is part of the language/,
    ],
    [{runs: 'actors: [{nat: r1, idle: 300s}]\n'}, /^15:11 the actor “nat” is part of the language/],
    [
      {script: 'script: [{at: 0ms, call: setLink, link: path, loss: 100%}]\n'},
      /^12:20 the call “setLink” is part of the language, but not of this version \| leave it out; allowed here: listen, /,
    ],
    [
      {script: 'script: [{on: {host: client, event: answered}, call: close}]\n'},
      /^12:30 the event “answered” is part of the language/,
    ],
    [
      {beats: 'beats: [{when: {cache: hit, host: client}, say: {en: a, zh: 甲}}]\n'},
      /^15:17 the selector “cache” is part of the language/,
    ],
    [
      {beats: 'beats: [{when: {sends: client, dns: {response: true}}, say: {en: a, zh: 甲}}]\n'},
      /^15:32 the selector “sends dns” is part of the language/,
    ],
    [
      {beats: 'beats: [{when: {call: resolve}, say: {en: a, zh: 甲}}]\n'},
      /^15:17 the selector|^15:17 the call “resolve” is part of the language/,
    ],
    [
      {checks: 'checks: [{that: \'client.cache("y.abc.com", A).ttl == 5\', because: x}]\n'},
      /^17:2\d the value of a host “cache.ttl” is part of the language/,
    ],
    [
      {checks: 'checks: [{that: packet(1).dns.id == 5, because: x}]\n'},
      /^17:27 the field “dns.id” is part of the language/,
    ],
    [
      {runs: "runs: {base: {faults: ['edit:dns.id=5@packet=1']}}\n"},
      /^15:2\d the field “dns.id” is part of the language/,
    ],
  ])('%j', (changed, error) => {
    matches(errorsOf(changed), error);
  });

  test('all of an expression are named, and what is really wrong comes first', () => {
    const check = (that: string): string => `checks: [{that: '${that}', because: x}]\n`;
    const found = errorsOf({
      checks: check('packet(1).dns.id == 5 && count("http.request && tls.record") == 1'),
    });
    expect(found.map((line) => /“(.*?)”/.exec(line)?.[1])).toEqual(['dns.id', 'http.request', 'tls.record']);
    matches(errorsOf({checks: check('packet(1).dns.id == 5 && clent.state == 1')}), /^17:43 no name “clent”/);
  });

  test.each([
    ['{host: server, htpp: {port: 80}}', /^15:23 no key “htpp” \|/],
    ['{http: {port: 80}}', /^15:8 host: is missing/],
    ['{host: server}', '15:8 which one is meant here? | exactly one of: http, dns, tls'],
    ['{host: server, http: {}, dns: {}}', '15:8 which one is meant here? | exactly one of: http, dns, tls'],
    ['{host: sever, http: {}}', '15:15 no host “sever” | did you mean server? allowed here: client, server'],
  ])('apps: [%s]', (app, error) => {
    expect(errorsOf({runs: `apps: [${app}]\n`})).toContainEqual(
      typeof error === 'string' ? error : expect.stringMatching(error),
    );
  });

  test('a misspelt actor', () => {
    matches(
      errorsOf({runs: 'actors: [{nap: r1}]\n'}),
      /^15:11 no key “nap” \| did you mean tap\? allowed here: tap, firewall, nat/,
    );
  });
});
