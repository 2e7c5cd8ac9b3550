// Beats and their events: each once, in order, numbers filled in, choices shuffled the same way for everybody.

import {describe, expect, test} from 'vitest';
import {bindBeats, fillTemplate} from '../../source/lesson/bind.ts';
import type {BoundBeat} from '../../source/lesson/bound-beat.ts';
import {everywhere} from '../../source/lesson/everywhere.ts';
import {thorough} from '../helpers/seeds.ts';
import {load, traceOf} from './fragments.ts';
import {toldError, toldProblem} from './told-problem.ts';

const say = 'say: {en: hello, zh: 你好}';
const ask = 'ask: {en: which, zh: 哪个}, explain: {en: so, zh: 所以}';

const bind = (beats: readonly string[], runs = '') => {
  const lesson = load({beats: `beats:\n${beats.map((beat) => `  - ${beat}\n`).join('')}`, runs});
  const {beats: bound, errors} = bindBeats(lesson, 'base', traceOf(lesson));
  for (const {message, remedy} of errors) expect([message.zh, remedy.zh]).not.toContain('');
  return {beats: bound, errors: errors.map(toldError)};
};

const onlyQuestion = (beats: readonly BoundBeat[]) => {
  const [beat] = beats;
  if (!beat || beat.kind === 'narration') expect.fail('no question');
  return beat;
};

describe('events', () => {
  test('narration follows its event, a prediction precedes it', () => {
    const {beats, errors} = bind([
      `{when: {sends: client, flags: [SYN]}, ${say}}`,
      `{before: {sends: server}, ${ask}, answer: p.tcp.ack_raw, distractors: [{value: 1000}]}`,
      `{when: {sends: server}, ${say}}`,
    ]);
    expect(errors).toEqual([]);
    expect(beats.map(({kind, event, index}) => [index, kind, event])).toEqual([
      [0, 'narration', 5],
      [1, 'prediction', 9],
      [2, 'narration', 9],
    ]);
  });

  test('a text is one paragraph, however its author breaks it; broken Chinese gets no blanks', () => {
    const broken = 'say: {en: "one\\n line,\\n\\n  and a second", zh: "第一行，\\n第二\\n行 SYN\\n段"}';
    const {beats} = bind([`{when: {sends: client, flags: [SYN]}, ${broken}}`]);
    expect(beats[0]?.kind === 'narration' && beats[0].say).toEqual(
      everywhere({
        en: 'one line, and a second',
        zh: '第一行，第二行 SYN 段',
      }),
    );
  });

  test('a concept without an event comes after the beat above it', () => {
    const {beats} = bind([
      `{when: {sends: server}, ${say}}`,
      `{${ask}, choices: [{text: {en: a, zh: 甲}, correct: true}, {text: {en: b, zh: 乙}}], rfc: 9293 §3.5, holds: p.tcp.ack_raw == 1001}`,
    ]);
    expect(beats[1]).toMatchObject({kind: 'concept', event: 9, rfc: '9293 §3.5', hides: undefined});
  });

  test.each([
    [
      [
        `{when: {sends: client, flags: [SYN]}, ${say}}`,
        `{when: {sends: server}, ${say}}`,
        `{when: {sends: client, flags: [FIN, ACK]}, ${say}}`,
      ],
      {at: '18:5', says: 'bind.eventOf.neverHappens', host: 'client', which: 'FIN,ACK', index: 3},
    ],
    [
      [`{when: {sends: client}, ${say}}`],
      {at: '16:5', says: 'bind.eventOf.happensTimes', host: 'client', index: 1, foundCount: 2},
    ],
    [
      [`{when: {sends: server}, ${say}}`, `{when: {sends: client, flags: [SYN]}, ${say}}`],
      {at: '17:5', says: 'bind.bind.beatHappensBefore', index: 2},
    ],
    [
      [
        `{when: {sends: server}, ${say}}`,
        `{before: {sends: server}, ${ask}, answer: 1, distractors: [{value: 2}]}`,
      ],
      {at: '17:5', says: 'bind.bind.beatHappensBefore', index: 2},
    ],
    [
      [
        `{${ask}, choices: [{text: {en: a, zh: 甲}, correct: true}, {text: {en: b, zh: 乙}}], rfc: 9293 §3.5, holds: 1 == 2}`,
      ],
      {at: '16:5', says: 'bind.holds.whatRestsOn', index: 1},
    ],
    [
      [
        `{before: {sends: server}, ${ask}, answer: 1000 + 1, distractors: [{value: 5}, {value: packet(2).tcp.ack_raw}]}`,
      ],
      {at: '16:5', says: 'bind.choices.choices.choiceEquals', text: '1001', other: 'theAnswer'},
    ],
    [
      [`{when: {enters: ESTABLISHED, host: client}, say: {en: 'n {p.tcp.len}', zh: '数 {p.tcp.len}'}}`],
      {at: '16:5', says: 'packetReference.packetOfEvent'},
    ],
  ])('errors: %s', (beats, error) => {
    expect(bind(beats).errors).toMatchObject([error]);
  });

  test('what does not fit a run is left out, the rest stays', () => {
    const {beats, errors} = bind([
      `{when: {sends: client, flags: [FIN, ACK]}, ${say}}`,
      `{when: {sends: server}, ${say}}`,
    ]);
    expect(errors).toHaveLength(1);
    expect(beats.map(({index}) => index)).toEqual([1]);
  });

  test('beats of other runs wait for theirs', () => {
    const lesson = load({
      beats: `beats:\n  - {when: {sends: server}, ${say}}\n  - {run: b, when: {end: true}, ${say}}\n`,
      runs: 'runs: {a: {}, b: {}}\n',
    });
    expect(bindBeats(lesson, 'a', traceOf(lesson, 'a')).beats.map(({index}) => index)).toEqual([0]);
    expect(bindBeats(lesson, 'b', traceOf(lesson, 'b')).beats.map(({index}) => index)).toEqual([1]);
  });
});

describe('texts', () => {
  test('numbers plain, times with units, states as they are, doubled braces as braces', () => {
    const {beats} = bind([
      `{when: {sends: server}, say: {en: 'a {{b}} {p.tcp.ack_raw} {server.state} {time({sends: server})}', zh: '{time({sends: server})}，{server.state}，{p.tcp.ack_raw}'}, note: {en: '{p.flags}', zh: '{p.flags}'}}`,
    ]);
    expect(beats[0]).toMatchObject({
      say: everywhere({en: 'a {b} 1001 SYN-RECEIVED 50 ms', zh: '50 ms，SYN-RECEIVED，1001'}),
      note: {en: 'SYN,ACK'},
    });
  });
});

describe('choices', () => {
  const question =
    '{before: {sends: server}, ask: {en: which, zh: 哪个}, explain: {en: so, zh: 所以}, answer: p.tcp.ack_raw, distractors: [{value: packet(1).tcp.seq_raw, misconception: flags-stick}, {value: 5}, {value: 50ms}, {text: {en: none, zh: 没有}}]}';

  test('carry text, value and misconception; just one is right', () => {
    const {choices} = onlyQuestion(bind([question]).beats);
    expect(choices.map(({id}) => id)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(new Set(choices.map(({text, value}) => `${text.zh} ${value}`))).toEqual(
      new Set(['1001 1001', '1000 1000', '5 5', '50 ms 50000', '没有 undefined']),
    );
    expect(choices.filter(({correct}) => correct).map(({value}) => value)).toEqual([1001]);
    expect(choices.find(({value}) => value === 1000)?.misconception).toBe('flags-stick');
  });

  thorough('the same order each time, another one for another seed', () => {
    const order = (seed: number): string => {
      const {choices} = onlyQuestion(bind([question], `runs: {base: {seed: ${seed}}}\n`).beats);
      return choices.map(({text}) => text.en).join(' ');
    };
    expect(order(1)).toBe(order(1));
    expect(new Set([1, 2, 3, 4, 5, 6, 7, 8].map(order)).size).toBeGreaterThan(4);
    const right = [...Array(200).keys()].map((seed) => order(seed).split(' ').indexOf('1001'));
    for (const place of [0, 1, 2, 3])
      expect(right.filter((each) => each === place).length).toBeGreaterThan(20);
  });
});

describe('what stays blank', () => {
  const hidden = (beat: string) => onlyQuestion(bind([beat]).beats).hides;

  test.each([
    [
      `{before: {sends: server}, ${ask}, answer: p.tcp.ack_raw, distractors: [{value: 5}]}`,
      {packet: 2, fields: ['tcp.ack_raw', 'tcp.ack', 'server.rcv.nxt']},
    ],
    [
      `{before: {sends: server}, ${ask}, answer: packet(2).tcp.seq_raw, distractors: [{value: 5}]}`,
      {packet: 2, fields: ['tcp.seq_raw', 'tcp.seq', 'server.snd.nxt']},
    ],
    [
      `{before: {sends: server}, ${ask}, answer: 500 * 2 + 1, asks: [tcp.ack_raw], distractors: [{value: 5}]}`,
      {packet: 2, fields: ['tcp.ack_raw', 'tcp.ack', 'server.rcv.nxt']},
    ],
    [
      `{before: {enters: ESTABLISHED, host: client}, ${ask}, answer: client.state, distractors: [{value: '"CLOSED"'}]}`,
      {packet: undefined, fields: ['client.state']},
    ],
    [
      `{before: {enters: ESTABLISHED, host: server}, ${ask}, answer: 'time({enters: ESTABLISHED, host: server}) - 100ms', distractors: [{value: 5s}]}`,
      {packet: undefined, fields: ['time'], timed: true},
    ],
  ])('%s', (beat, fields) => {
    expect(hidden(beat)).toEqual(fields);
  });
});

// Twice the event, less one for what precedes it: a question may stand between two beats of neighbouring events.
test.each([
  [[`{when: {sends: server}, ${say}}`, `{when: {sends: server}, ${say}}`], 2],
  [
    [
      `{before: {sends: server}, ${ask}, answer: 1, distractors: [{value: 2}]}`,
      `{when: {sends: server}, ${say}}`,
    ],
    2,
  ],
  [
    [
      `{when: {sends: server}, ${say}}`,
      `{before: {sends: server}, ${ask}, answer: 1, distractors: [{value: 2}]}`,
    ],
    1,
  ],
  [
    [
      `{when: {arrives: server, flags: [SYN]}, ${say}}`,
      `{before: {sends: server}, ${ask}, answer: 1, distractors: [{value: 2}]}`,
    ],
    2,
  ],
])('order: %j', (beats, bound) => {
  expect(bind(beats).beats).toHaveLength(bound);
});

test('a concept before every event stands before everything; what rests on no truth is refused like what is untrue', () => {
  const concept = (holds: string): string =>
    `{${ask}, choices: [{text: {en: a, zh: 甲}, correct: true}, {text: {en: b, zh: 乙}}], rfc: 9293 §3.5, holds: ${holds}}`;
  expect(bind([concept('1 == 1')]).beats.map(({event}) => event)).toEqual([0]);
  expect(bind([concept('1 + 1')]).errors).toHaveLength(1);
  expect(bind([concept('packet(9).tcp.len == 0')]).errors).toMatchObject([
    {at: '16:5', says: 'packetReference.numbered', packet: 9, packetCount: 3},
  ]);
});

test('a text whose number is not there keeps the rest, and the problem is told once', () => {
  const lesson = load({
    beats: `beats:\n  - {when: {sends: server}, say: {en: 'a {packet(9).tcp.len} b {packet(1).tcp.len}', zh: '{packet(1).tcp.len} 丙 {packet(9).tcp.len}'}}\n`,
  });
  const [beat] = lesson.beats;
  if (beat?.kind !== 'narration') expect.fail('no narration');
  const {text, problems} = fillTemplate(beat.say, {trace: traceOf(lesson), event: 1});
  expect(text).toEqual(everywhere({en: 'a ? b 0', zh: '0 丙 ?'}));
  expect(problems.map(toldProblem)).toEqual([{says: 'packetReference.numbered', packet: 9, packetCount: 3}]);
});
