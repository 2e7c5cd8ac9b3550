// Constructs of docs/lessons.md that the other tests do not have: each once used and once misused, place and remedy pinned.

import {describe, expect, test} from 'vitest';
import {bindBeats} from '../../source/lesson/bind.ts';
import {evaluate} from '../../source/lesson/evaluate.ts';
import {everywhere} from '../../source/lesson/everywhere.ts';
import {parseExpression} from '../../source/lesson/expression-parser.ts';
import {matchingEvents} from '../../source/lesson/match.ts';
import {vocabulary} from '../../source/lesson/protocols.ts';
import {plainValue} from '../../source/lesson/value.ts';
import {errorsOf, load, runOf, traceOf} from './fragments.ts';
import {matches} from './matching.ts';
import {misspelt} from './told-problem.ts';

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
    matches(errorsOf({runs: `${runs}together: [base, rcf]\n`}), misspelt('16:18', 'rcf', 'rfc'));
    matches(errorsOf({runs: `${runs}together: [rfc, rfc]\n`}), {
      at: '16:17',
      says: 'load.readTogether',
      run: 'rfc',
    });
    matches(errorsOf({runs: `${runs}together: [base]\n`}), {
      at: '16:11',
      says: 'schemaProblems.expected.aValueOf',
    });
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

  // The watch sees one event after the other, the search has the whole run: they have to agree.
  test.each([
    'sends: client, after: {at: 50ms}',
    'arrives: any, after: {at: 100ms}',
    'sends: any, nth: 2, after: {at: 0ms}',
    'arrives: any, after: {sends: server}',
    'enters: ESTABLISHED, after: {enters: ESTABLISHED, host: client}',
    'timer: RTO, op: arm, nth: 2',
    'sends: client, flags: [ACK], after: {arrives: client, flags: [SYN, ACK], after: {at: 49ms}}',
    'call: connect, returns: connected',
  ])('{%s} stops at the event that it selects', (selector) => {
    const lesson = load({runs: `runs: {base: {until: {${selector}}}, whole: {}}\n`});
    const {until} = runOf(lesson);
    const [stopped, whole] = [traceOf(lesson), traceOf(lesson, 'whole')];
    if (until === 'quiet' || !('selector' in until)) expect.fail('no selector');
    const [event = 0] = matchingEvents(until.selector, whole);
    expect(event).toBeGreaterThan(0);
    const {instant} = whole.event(event);
    expect(stopped.length).toBe([...whole.events()].findLast((each) => each.instant === instant)?.n);
  });

  test('misused', () => {
    matches(errorsOf({runs: 'until: {enters: CLOSED, host: sever}\n'}), misspelt('15:31', 'sever', 'server'));
    matches(
      errorsOf({runs: 'runs: {base: {until: {entres: CLOSED}}}\n'}),
      misspelt('15:23', 'entres', 'enters'),
    );
  });
});

describe('counterfactual overrides', () => {
  test('used: every host is such a machine, and the run says so', () => {
    const ghost = runOf(load({runs: 'runs: {ghost: {notTcp: {acceptWithoutThirdStep: true}}}\n'}), 'ghost');
    expect(ghost.notTcp).toEqual(['acceptWithoutThirdStep']);
    for (const {tcp} of ghost.hosts) {
      expect(tcp).toMatchObject({counterfactualAcceptWithoutThirdStep: true});
      expect(tcp).not.toHaveProperty('counterfactualSkipTimeWait');
    }
    const {whatIfs} = load({whatIf: 'whatIf: [{title: {en: t, zh: 题}, notTcp: {skipTimeWait: true}}]\n'});
    expect(whatIfs[0]?.run.notTcp).toEqual(['skipTimeWait']);
    expect(whatIfs[0]?.run.hosts[1]?.tcp).toMatchObject({counterfactualSkipTimeWait: true});
  });

  test('misspelt', () => {
    matches(
      errorsOf({runs: 'runs: {ghost: {notTcp: {skipTimeWat: true}}}\n'}),
      misspelt('15:25', 'skipTimeWat', 'skipTimeWait'),
    );
    matches(errorsOf({runs: 'runs: {ghost: {notTcp: {skipTimeWait: false}}}\n'}), {
      at: '15:39',
      says: 'schemaProblems.expected.aValueOf',
      what: 'true',
    });
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
      hints: [everywhere({en: 'cross', zh: '交叉'})],
    });
  });

  test.each([
    ['{goal: [{enters: CLOSING}], offer: [clos], par: 3}', misspelt('17:48', 'clos', 'close')],
    [
      '{goal: [], offer: [close], par: 3}',
      {at: '17:19', says: 'schemaProblems.expected.aValueOf', what: 'goal'},
    ],
    [
      '{goal: [{enters: CLOSING}], offer: [close], par: 0}',
      {at: '17:61', says: 'schemaProblems.expected.isNotWhat', what: 'positive', shown: '0'},
    ],
    [
      '{goal: [{enters: CLOSING, host: x}], offer: [close], par: 1}',
      {at: '17:44', says: 'problem.unknownWord', remedy: 'allowedHere', given: 'x'},
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
    expect(value('count({forwards: any})')).toBe(3);
    expect(value('count({sends: any})')).toBe(3);
  });

  test('misused', () => {
    matches(
      errorsOf({topology: routed, beats: 'beats: [{when: {forwards: r2}, say: {en: a, zh: 甲}}]\n'}),
      misspelt('19:27', 'r2', 'r1'),
    );
  });
});

describe('beats with a card or a link', () => {
  test('a card may stand for what is said', () => {
    const lesson = load({
      beats: 'beats: [{when: {end: true}, card: states-by-tool, link: time-wait}]\n',
    });
    const {beats} = bindBeats(lesson, 'base', traceOf(lesson));
    expect(beats).toMatchObject([
      {card: 'states-by-tool', link: 'time-wait', say: everywhere({en: '', zh: ''})},
    ]);
  });

  test('misused', () => {
    matches(errorsOf({beats: 'beats: [{when: {end: true}, link: time-wait}]\n'}), {
      at: '15:9',
      says: 'beats.narration',
    });
    matches(errorsOf({beats: 'beats: [{when: {end: true}, card: States}]\n'}), {
      at: '15:35',
      says: 'schemaProblems.expected.isNotWhat',
      shown: 'States',
      what: 'identifier',
    });
  });
});
