// A protocol that is added in one value: its applications, actors, calls, events, conditions and overrides are read, checked and
// recommended like those of the others.

import {describe, expect, test} from 'vitest';
import * as z from 'zod/mini';
import {loadLesson} from '../../source/lesson/load.ts';
import {describeConditions, fulfils} from '../../source/lesson/meanings.ts';
import {Problems} from '../../source/lesson/problems.ts';
import {vocabulary as lessons} from '../../source/lesson/protocols.ts';
import {scenarioOf} from '../../source/lesson/run-scenario.ts';
import {tcp} from '../../source/lesson/tcp/constructs.ts';
import {
  construct,
  hostless,
  type Protocol,
  type RunningApp,
  takenBy,
  vocabularyOf,
} from '../../source/lesson/vocabulary.ts';
import {world} from '../../source/lesson/world/constructs.ts';
import {simulate} from '../../source/sim/simulate.ts';
import {errorLine, lessonText} from './fragments.ts';
import {misspelt, type Told, toldError} from './told-problem.ts';

/** Answers what it receives; `cut` loses a host's connection; `ping` is a call of its own. */
const echo: Protocol = {
  name: 'echo',
  calls: {
    ping: construct({bytes: z.optional(z.int())}, ({bytes}) => ({call: 'send', bytes: bytes ?? 1})),
    get: construct({url: z.string()}, () => ({call: 'send', bytes: 10})),
  },
  triggers: [],
  results: ['pong'],
  apps: {
    echo: construct({port: z.int({error: 'port'}), bytes: z.int()}, ({port, bytes}) => (host) => ({
      script: [
        {when: {kind: 'at', atUs: 0}, host, action: {call: 'listen', port, read: 'auto'}},
        {
          when: {kind: 'on', host, event: 'received', bytes, afterUs: 0},
          host,
          action: {call: 'send', bytes},
        },
      ],
    })),
  },
  actors: {
    cut: construct({cut: z.string(), at: z.int()}, ({cut, at}, {path, names, problems}) =>
      problems.host([...path, 'cut'], cut, names.hosts)
        ? {script: [{when: {kind: 'at', atUs: at}, host: cut, action: {call: 'abort'}}]}
        : undefined,
    ),
  },
  heads: {
    echoes: construct({echoes: z.string(), length: z.optional(z.int())}, ({echoes, length}) => ({
      kind: 'delivers',
      host: echoes,
      ...(length === undefined ? {} : {length}),
    })),
  },
  conditions: construct({echoed: z.optional(z.boolean())}, ({echoed}) =>
    echoed === undefined ? {} : {carries: echoed ? 'data' : 'none'},
  ),
  overrides: {skipTimeWait: {timeWaitUs: 0}},
};

const vocabulary = vocabularyOf([tcp, world, echo]);

const load = (changed: Parameters<typeof lessonText>[0]) =>
  loadLesson(lessonText(changed), 'sample.yaml', {vocabulary});

const errors = (changed: Parameters<typeof lessonText>[0]): readonly Told[] => {
  const lesson = load(changed);
  return lesson.ok ? [] : lesson.error.map(toldError);
};

const script = `script:
  - {at: 0ms, host: client, call: connect, to: 'server:7', from: 40000}
  - {on: {host: client, event: connected}, call: ping, bytes: 20}
`;

describe('a protocol of its own', () => {
  test('is used', () => {
    const lesson = load({
      script,
      runs: `apps: [{host: server, echo: {port: 7, bytes: 20}}]
runs:
  base: {}
  less: {apps: [{host: server, echo: {port: 7, bytes: 5}}]}
  cut: {actors: [{cut: client, at: 50000}]}
  odd: {notTcp: {skipTimeWait: true}}
`,
      beats: `beats:
  - {when: {sends: client, echoed: true}, say: {en: ping, zh: 去}}
  - {when: {echoes: client, length: 20}, say: {en: pong, zh: 回}}
`,
    });
    if (!lesson.ok) expect.fail(lesson.error.map(errorLine).join('\n'));
    const [base, less, cut, odd] = lesson.value.runs;
    if (!base || !less || !cut || !odd) expect.fail('four runs');
    // What the run says of the same application on the same host takes the lesson's place.
    expect(base.script.map(({action}) => action.call)).toEqual(['listen', 'send', 'connect', 'send']);
    expect(less.script[1]?.action).toEqual({call: 'send', bytes: 5});
    expect(cut.script.map(({action}) => action.call)).toContain('abort');
    const trace = simulate(scenarioOf(base), {source: 'sample', run: 'base'});
    expect([...trace.events()].filter(({kind}) => kind === 'deliver')).toMatchObject([
      {host: 'server', bytes: 20},
      {host: 'client', bytes: 20},
    ]);
    // The watermark: whoever shows this run has to say that it is not TCP.
    expect(odd.notTcp).toEqual(['skipTimeWait']);
    expect(odd.hosts.map((host) => host.tcp.timeWaitUs)).toEqual([0, 0]);
    expect(base).not.toHaveProperty('notTcp');
  });

  test.each([
    [{runs: 'apps: [{host: server, echo: {prot: 7}}]\n'}, misspelt('15:30', 'prot', 'port', 'key')],
    [{runs: 'apps: [{host: server, ehco: {}}]\n'}, misspelt('15:23', 'ehco', 'echo', 'key')],
    [{runs: 'actors: [{cut: clint, at: 5}]\n'}, misspelt('15:16', 'clint', 'client', 'host')],
    [{script: 'script: [{at: 0ms, host: client, call: pin}]\n'}, misspelt('12:40', 'pin', 'ping', 'value')],
    [
      {script: 'script: [{at: 0ms, host: client, call: ping, port: 5}]\n'},
      {at: '12:46', says: 'constructKeys.doesNotGo', key: 'port', shown: 'call: ping', word: 'ping'},
    ],
    [
      {script: 'script: [{at: 0ms, host: client, call: get}]\n'},
      {at: '12:10', says: 'constructKeys.needs', word: 'get', key: 'url'},
    ],
    [
      {beats: 'beats: [{when: {echoes: client, flags: [SYN]}, say: {en: a, zh: 甲}}]\n'},
      {
        at: '15:33',
        says: 'selectorParser.checkCompanions',
        key: 'flags',
        head: 'echoes',
        some: true,
        shown: ['length', 'nth', 'after'],
      },
    ],
    [{runs: 'runs: {a: {notTcp: {skipTimeWat: true}}}\n'}, misspelt('15:21', 'skipTimeWat', 'skipTimeWait')],
  ])('%j', (changed, error) => {
    expect(errors(changed)).toContainEqual(expect.objectContaining(error));
  });
});

describe('vocabularyOf', () => {
  test('words of all, each once, in the order of the protocols', () => {
    const made = vocabularyOf([echo, tcp, echo]);
    expect(made.results.slice(0, 3)).toEqual(['pong', 'ok', 'connected']);
    expect(made.results).toHaveLength(1 + tcp.results.length);
    expect(made.triggers).toEqual(tcp.triggers);
    expect(Object.keys(made.calls).slice(0, 3)).toEqual(['ping', 'get', 'listen']);
    expect(Object.keys(made.heads)).toEqual(['echoes', 'enters', 'timer', 'delivers']);
    expect(made.conditions).toEqual([echo.conditions, tcp.conditions, echo.conditions]);
    expect(Object.keys(made.overrides)).toEqual(['skipTimeWait', 'acceptWithoutThirdStep']);
    // Of one word that two bring, the later one counts.
    expect(made.overrides['skipTimeWait']).toBe(echo.overrides['skipTimeWait']);
    expect(vocabularyOf([echo, tcp]).overrides['skipTimeWait']).toBe(tcp.overrides['skipTimeWait']);
  });

  test('each protocol completes what those before it have left', () => {
    const app = (host: string): RunningApp => ({
      host,
      spec: {app: 'dns', spec: {role: 'authority', settings: {zones: []}}},
    });
    const adding = (host: string): Protocol => ({
      ...echo,
      completes: ({apps}) => [...apps, app(`${host}${apps.length}`)],
    });
    const begun = {hosts: [], script: [], apps: [app('x')]};
    const hosts = (protocols: readonly Protocol[]) =>
      vocabularyOf(protocols)
        .completes(begun)
        .map(({host}) => host);
    expect(hosts([])).toEqual(['x']);
    expect(hosts([echo, adding('a'), echo, adding('b')])).toEqual(['x', 'a1', 'b2']);
  });
});

/** One of each condition that a lesson may write of a packet. */
const conditionsOfPackets: {readonly [condition: string]: unknown} = {
  ...{flags: ['SYN'], carries: 'data', length: 1, retransmission: true},
  ...{dns: {response: true}, http: {status: 200}, tls: {message: 'Alert'}},
};

describe('a condition on packets means something: a packet of none of the protocols does not fulfil it', () => {
  const allowed = lessons.conditions.flatMap(({shape}) => Object.keys(shape));
  const facts = {frame: undefined, retransmission: false, httpHeads: () => [], tlsParts: () => []};

  test('each is tried here', () =>
    expect(allowed.toSorted()).toEqual(Object.keys(conditionsOfPackets).toSorted()));

  test.each(Object.entries(conditionsOfPackets))('%s', (word, value) => {
    const place = {
      path: [],
      names: {hosts: [], connections: [], vocabulary: lessons},
      problems: new Problems(),
    };
    const own = lessons.conditions.filter(({shape}) => word in shape);
    const compiled = own.map((each) => each.compile({[word]: value}, place) ?? {});
    expect(compiled.map((each) => fulfils(each, facts))).toEqual([false]);
    expect(compiled.flatMap(describeConditions)).toHaveLength(1);
  });
});

test('a construct gives nothing for data of another shape', () => {
  const place = {
    path: [],
    names: {hosts: [], connections: [], vocabulary},
    problems: new Problems(),
  };
  const {ping} = echo.calls;
  expect(ping?.compile({bytes: 3}, place)).toEqual({call: 'send', bytes: 3});
  expect(ping?.compile({}, place)).toEqual({call: 'send', bytes: 1});
  expect(ping?.compile({bytes: 'x'}, place)).toBeUndefined();
  expect(ping?.compile({size: 3}, place)).toBeUndefined();
  expect(Object.keys(ping?.shape ?? {})).toEqual(['bytes']);
  const taker = {written: () => '', takes: () => true};
  if (!ping) expect.fail('ping');
  expect([ping.hostless, ping.taker]).toEqual([undefined, undefined]);
  expect(hostless(ping)).toEqual({...ping, hostless: true});
  expect(takenBy(taker, ping)).toEqual({...ping, taker});
});
