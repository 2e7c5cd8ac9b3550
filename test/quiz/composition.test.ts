// Sheets are composed: over questions of lessons, and over planted ones that break each rule. Oracle: the rules, counted anew.
import {describe, expect, test} from 'vitest';
import {nodeCrypto} from '../../source/io/crypto.ts';
import {sameIn} from '../../source/lesson/text.ts';
import {composed, onPoint, onSubject, rulesFor} from '../../source/quiz/composition.ts';
import {difficultyOf} from '../../source/quiz/difficulty.ts';
import type {QuestionKind, Topic} from '../../source/quiz/kinds.ts';
import {nextAfter} from '../../source/quiz/next-in-ten.ts';
import {isPacket, type PromptPacket, packetLineText, promptText} from '../../source/quiz/prompt.ts';
import type {Question} from '../../source/quiz/question.ts';
import {sheet} from '../../source/quiz/sheet.ts';
import {tellsAnswer} from '../../source/quiz/tells.ts';
import {allLessons} from '../helpers/all-runs.ts';
import {questionOf} from '../helpers/questions.ts';
import {some, thorough} from '../helpers/seeds.ts';
import {brokenRules} from './composition-rules.ts';

type Planted = {
  readonly kind?: QuestionKind;
  readonly topic?: Topic;
  readonly says?: string;
  readonly right?: number;
};

/** Number `n`: of a run of its own unless it tells something. */
const planted = (
  n: number,
  {kind = 'next-ack', topic = 'tcp', says = '', right = 100_000 + n}: Planted,
): Question => {
  const base = questionOf('number', n);
  return {
    ...base,
    ...{id: `q${n}`, kind, topic, answer: right, prompt: [sameIn(`question ${n}`)]},
    because: `rule ${n}`,
    explain: sameIn(says),
    evidence: {...base.evidence, packet: n, value: String(right)},
  };
};

const plain: readonly QuestionKind[] = [
  'next-ack',
  'next-seq',
  'which-flags',
  'state-after',
  'who-sends-next',
];
const on = onSubject(allLessons().filter(({id}) => id === 'teardown'));
const tcp = (from: number, count: number): readonly Question[] =>
  Array.from({length: count}, (_, n) => planted(from + n, {kind: plain[n % plain.length] ?? 'next-ack'}));

describe('planted', () => {
  test('five kinds make ten; four make eight, and why is said', () => {
    expect(composed(tcp(0, 30), 10, on).questions.length).toBe(10);
    const few = composed(
      tcp(0, 60).filter(({kind}) => kind !== 'next-seq'),
      10,
      on,
    );
    expect([few.questions.length, few.fewer]).toEqual([8, 'kind']);
    expect(brokenRules(few.questions, on)).toEqual([]);
  });
  test('of questions that look the same one is in ten', () => {
    const alike = [0, 1].map((n) => planted(80 + n, {kind: 'fill-in-handshake'}));
    const made = composed([...alike, ...tcp(0, 30)], 20, on).questions.map(({kind}) => kind);
    expect(made.slice(0, 10).filter((kind) => kind === 'fill-in-handshake')).toHaveLength(1);
    expect(made.filter((kind) => kind === 'fill-in-handshake')).toHaveLength(2);
  });
  test('about one lesson, one idea comes twice in twenty, as long as others are left', () => {
    const idea = {kind: 'state-of-peer', because: 'one rule'} as const;
    const alike = [0, 1, 2, 3].map((n) => ({...planted(80 + n, {}), ...idea}));
    const asked = (others: number): number =>
      composed(
        [...alike, ...tcp(0, others)],
        20,
        on,
        rulesFor(allLessons().filter(({id}) => id === 'teardown')),
      ).questions.filter(({kind}) => kind === idea.kind).length;
    expect([asked(60), asked(10)]).toEqual([2, 4]);
  });
  test('three of ten off the subject, and no more', () => {
    const beside = (['ttl-left', 'next-query-to', 'which-status', 'cookie-sent'] as const).map((kind, n) =>
      planted(90 + n, {kind, topic: 'dns'}),
    );
    const made = composed([...beside, ...tcp(0, 7)], 10, on);
    expect([made.questions.length, made.questions.filter(({topic}) => topic !== 'tcp').length]).toEqual([
      10, 3,
    ]);
    const short = composed([...beside, ...tcp(0, 5)], 10, on);
    expect([short.questions.length, short.fewer]).toEqual([7, 'subject']);
  });
  test('what asks the same of the same packet is left out', () => {
    const [one] = tcp(0, 1);
    if (!one) throw new Error('one');
    const other = {
      ...one,
      id: 'other',
      kind: 'fill-in-handshake',
      prompt: [sameIn('in other words')],
    } as const;
    expect(composed([one, other], 2, on)).toMatchObject({questions: [one], fewer: 'same'});
  });
  test('a reply that answers another question leaves that one out, whichever comes first', () => {
    const teller = planted(1, {says: 'It is 4711: 4700 + 11.'});
    const told = planted(2, {kind: 'next-seq', right: 4711});
    expect([tellsAnswer(teller, told), tellsAnswer(told, teller)]).toEqual([true, false]);
    expect(tellsAnswer(planted(1, {says: 'It is 14711.'}), told)).toBe(false);
    for (const both of [
      [teller, told],
      [told, teller],
    ])
      expect(composed(both, 2, on)).toMatchObject({questions: [both[0]], fewer: 'told'});
    expect(brokenRules([teller, told], on)).toEqual(['told q1 q2']);
    const elsewhere = {...teller, evidence: {...teller.evidence, seed: 99}};
    expect(composed([elsewhere, told], 2, on).questions.length).toBe(2);
  });
  test('what another one asks is told by none: a fact, words, a packet, whatever the lesson', () => {
    const [plain, other] = [planted(1, {}), planted(2, {kind: 'next-seq'})];
    const asks = (secret: string): Question => ({...other, lesson: 'elsewhere', secrets: [secret]});
    expect(tellsAnswer(plain, asks('who waits'))).toBe(false);
    expect(tellsAnswer({...plain, tells: ['who waits']}, asks('who waits'))).toBe(true);
    const prints = (words: string): Question => ({...plain, prompt: [sameIn(words)]});
    expect(tellsAnswer(prints('It has RD=1.'), asks('RD=1'))).toBe(true);
    expect(tellsAnswer(prints('It has RD=10.'), asks('RD=1'))).toBe(false);
    const [line] = questionOf('choice').prompt.filter(isPacket);
    if (!line) throw new Error('no line');
    const shows = (packet: number): Question => ({...plain, prompt: [{...line, number: packet}]});
    expect([2, 3].map((packet) => tellsAnswer(shows(packet), other))).toEqual([true, false]);
    expect(tellsAnswer(prints('seq=4166262234'), planted(3, {right: 4_166_262_234}))).toBe(true);
  });
  test('a question whose answer leaves out one message, and one whose answer is that message, are not on one sheet', () => {
    const names = ['Hello', 'Certificate', 'Finished'];
    const choices = names.map((name, n) => ({id: 'abc'.charAt(n), text: sameIn(name), value: name}));
    const own = {...planted(1, {kind: 'question', topic: 'tls'}), form: 'choice', choices} as const;
    const all = {...planted(2, {kind: 'clear-messages', topic: 'tls'}), form: 'several', choices} as const;
    const tells = (answer: string): boolean =>
      tellsAnswer({...all, id: answer, answer: ['a', 'b']}, {...own, id: `own ${answer}`, answer});
    expect([tells('c'), tells('a')]).toEqual([true, false]);
  });
  test('a question about TCP comes next only if another subject keeps up with it', () => {
    const lessons = allLessons().filter(({id}) => id === 'handshake' || id === 'dns-cache');
    const rules = {...rulesFor(lessons), isOn: onSubject(lessons)};
    const [one, two] = [planted(1, {}), planted(2, {kind: 'next-seq'})];
    const dns = planted(3, {kind: 'dns-section', topic: 'dns'});
    const next = (before: readonly Question[], ...pool: readonly Question[]): readonly string[] =>
      nextAfter<{readonly question: Question}>(before, rules)
        .fitting(pool.map((question) => ({question})))
        .map(({question}) => question.id);
    expect(next([], one)).toEqual([]);
    expect(next([], one, dns)).toContain('q1');
    expect(next([one], two, dns)).toEqual(['q3']);
    expect(next([one, dns], two)).toEqual([]);
    expect(next([dns], two)).toEqual(['q2']);
  });
  test('predictions about several subjects: three about each and five in all', () => {
    const lessons = allLessons().filter(({id}) => id === 'handshake' || id === 'dns-cache');
    const predictions = (from: number, topic: Topic): readonly Question[] =>
      Array.from({length: 5}, (_, n) => planted(from + n, {kind: 'prediction', topic}));
    const topics = composed([...predictions(1, 'dns'), ...predictions(11, 'tcp')], 10, () => true, {
      ...rulesFor(lessons),
    }).questions.map(({topic}) => topic);
    expect([topics.length, topics.filter((topic) => topic === 'dns').length]).toEqual([5, 3]);
  });
  test('two that turn on one belief, or ask one fact, are not on one sheet', () => {
    const [one, other] = [planted(1, {}), planted(2, {kind: 'is-it-so'})];
    const about = (secret: string, touches: readonly string[]) =>
      composed(
        [
          {...one, touches},
          {...other, secrets: [secret]},
        ],
        2,
        on,
      ).questions.length;
    expect([about('one', ['one']), about('one', ['another'])]).toEqual([1, 2]);
    const both = [one, other].map((each) => ({...each, secrets: ['a fact']}));
    expect(composed(both, 2, on)).toMatchObject({fewer: 'same'});
    const ofField = {...other, evidence: {...other.evidence, field: 'dns.flags.truncated'}};
    expect(composed([{...one, secrets: ['dns.flags.truncated']}, ofField], 2, on)).toMatchObject({
      fewer: 'same',
    });
  });
  test('what is to be put in order stands in order nowhere, in whatever run', () => {
    const flags = ['PSH', 'ACK'] as const;
    const shape = (seq: number, host: readonly [string, string], len: number): PromptPacket => ({
      ...{kind: 'packet', number: seq, from: host[0], to: host[1]},
      parts: [
        {kind: 'flags', flags},
        {kind: 'number', field: 'seq', value: seq},
        {kind: 'length', octets: len},
      ],
    });
    const lines = (first: number, [a, b]: readonly [string, string], lens: readonly number[]) =>
      lens.map((len, n) => shape(first + n, n < 2 ? [a, b] : [b, a], len));
    const right = lines(1000, ['laptop', 'website'], [64, 63, 143, 304]);
    const asks: Question = {
      ...planted(2, {kind: 'order-packets'}),
      form: 'order',
      choices: right.map((line, n) => ({
        ...{id: 'abcd'.charAt(n), value: `${n}`},
        text: sameIn(packetLineText({...line, number: undefined}, 'en')),
      })),
      answer: ['a', 'b', 'c', 'd'],
    };
    const prints = (lens: readonly number[]): Question => ({
      ...planted(1, {}),
      prompt: lines(5000, ['client', 'server'], lens),
    });
    expect(tellsAnswer(prints([64, 63, 143, 304]), asks)).toBe(true);
    expect(tellsAnswer(prints([64, 63, 143]), asks)).toBe(true);
    expect(tellsAnswer(prints([64, 63, 144, 304]), asks)).toBe(true);
    expect(tellsAnswer(prints([304, 143, 63, 64]), asks)).toBe(false);
    expect(tellsAnswer(asks, prints([64, 63, 143, 304]))).toBe(false);
    expect(composed([prints([64, 63, 143, 304]), asks], 2, on)).toMatchObject({fewer: 'told'});
  });
  test('a story asks once at a place, and what it asks for no other one singles out', () => {
    const row = {kind: 'packet', number: 3, from: 'client', to: 'server', parts: []} as const;
    const asks = (n: number, number: number): Question => {
      const own = planted(n, {kind: 'prediction'});
      return {
        ...own,
        ...{prompt: [{...row, number}, sameIn(`asks ${n}`)], lesson: 'abort'},
        evidence: {...own.evidence, source: 'abort', run: 'base', seed: 1, field: `clause:${n}`},
      };
    };
    expect(composed([asks(1, 3), asks(2, 3)], 2, on)).toMatchObject({fewer: 'same'});
    expect(composed([asks(1, 3), asks(2, 4)], 2, on).questions).toHaveLength(2);
    const bare = [1, 2].map((n) => ({...asks(n, 3), prompt: [sameIn(`bare ${n}`)]}));
    expect(composed(bare, 2, on).questions).toHaveLength(2);
    const printed = (n: number, text: string): Pick<Question, 'prompt'> => ({
      prompt: [sameIn(`${n}: ${text}`)],
    });
    const asked = {
      ...planted(4, {kind: 'prediction', right: 1_689_540_507}),
      ...printed(4, 'ack=1689540507'),
    };
    const singled = {...planted(5, {}), ...printed(5, 'RST seq=1689540507')};
    expect(composed([asked, singled], 2, on)).toMatchObject({fewer: 'told'});
    expect(composed([{...asked, kind: 'next-seq'}, singled], 2, on).questions).toHaveLength(2);
  });
  test('the second of a kind has another answer; all of them is one answer', () => {
    const two = (one: Partial<Question>, other: Partial<Question>) =>
      composed(
        [
          {...planted(1, {}), ...one},
          {...planted(2, {}), ...other},
        ],
        2,
        on,
      ).questions.length;
    expect([two({answer: 50}, {answer: 50}), two({answer: 50}, {answer: 51})]).toEqual([1, 2]);
    expect(two({answer: 50}, {answer: 50, kind: 'next-seq'})).toBe(2);
    const several = (words: readonly string[], answer: readonly string[]): Partial<Question> => ({
      form: 'several',
      choices: words.map((each, n) => ({id: 'abc'.charAt(n), text: sameIn(each), value: each})),
      answer,
    });
    const all = several(['x', 'y'], ['a', 'b']);
    expect(two(all, several(['x', 'y', 'z'], ['a', 'b', 'c']))).toBe(1);
    expect(two(all, several(['x', 'y', 'z'], ['a', 'c']))).toBe(2);
  });
  test('an idea comes once in ten, and twice only where there are too few', () => {
    const alike = tcp(0, 2).map((each) => ({...each, kind: 'next-ack' as const, because: 'rule'}));
    const made = composed([...alike, ...tcp(10, 30)], 10, on).questions;
    expect(made.filter(({because}) => because === 'rule')).toHaveLength(1);
    expect(composed(alike, 10, on).questions).toHaveLength(2);
  });
  test('of ten questions five are about TCP where the lessons have another subject', () => {
    const mixed = {mostBeside: 0.3, first: [], isMixed: true};
    const others = Array.from({length: 5}, (_, n) => ({
      ...planted(40 + n, {topic: 'dns', kind: 'ttl-left' as const}),
      kind: (['ttl-left', 'dns-says', 'dns-section', 'answer-fits', 'cache-holds'] as const)[n] ?? 'ttl-left',
    }));
    const made = composed([...tcp(0, 30), ...others], 10, () => true, mixed).questions;
    expect(made.filter(({topic}) => topic === 'tcp')).toHaveLength(5);
    expect(composed(tcp(0, 30), 10, () => true, mixed)).toMatchObject({fewer: 'subject'});
  });
  test('too few: as many as there are', () => {
    expect(composed(tcp(0, 3), 10, on)).toMatchObject({fewer: 'spent'});
    expect(composed(tcp(0, 10), 10, on).fewer).toBeUndefined();
  });
});

describe('of lessons', () => {
  const made = (ids: readonly string[], count: number) => {
    const lessons = allLessons().filter(({id}) => ids.includes(id));
    return {
      ...composed(sheet({lessons, seed: 3, crypto: nodeCrypto}), count, onPoint(lessons)),
      isOn: onPoint(lessons),
    };
  };
  const twenty = made(['handshake', 'teardown', 'data-transfer', 'time-wait'], 20);
  test('twenty: no rule is broken, each ten from easy to hard, and the first ten are the sheet of ten', () => {
    expect([twenty.questions.length, twenty.fewer]).toEqual([20, undefined]);
    expect(brokenRules(twenty.questions, twenty.isOn)).toEqual([]);
    const first = twenty.questions.slice(0, 10);
    const hard = first.map(difficultyOf);
    expect(hard).toEqual(hard.toSorted((a, b) => a - b));
    expect(
      made(['handshake', 'teardown', 'data-transfer', 'time-wait'], 10).questions.map(({id}) => id),
    ).toEqual(first.map(({id}) => id));
  });
  thorough.each(some(['dns', 'tcp-close'], 1))('%s: no rule is broken, and what is first varies', (track) => {
    const lessons = allLessons().filter((lesson) => lesson.track === track);
    const firsts = [931, 932, 934, 951, 1, 2, 3, 5].map((seed) => {
      const isOn = onPoint(lessons);
      const {questions} = composed(sheet({lessons, seed, crypto: nodeCrypto}), 10, isOn);
      expect(brokenRules(questions, isOn), `seed ${seed}`).toEqual([]);
      return questions[0]?.kind;
    });
    expect(new Set(firsts).size).toBeGreaterThan(1);
  });
  // Whoever asks for CUBIC is asked about windows, whoever asks for closing about FIN, RST and what comes of them.
  thorough.each([
    ['cubic', /cwnd|CUBIC|ssthresh|W_max/],
    ['tcp-close', /FIN|RST|keep-alive|(TIME|CLOSE)-WAIT|CLOSING|LAST.ACK|close|reset|half-open/i],
  ])('%s: seven of ten at least', (name, about) => {
    const lessons = allLessons().filter(({id, track}) => id === name || track === name);
    for (const seed of some([1, 2], 1)) {
      const {questions} = composed(sheet({lessons, seed, crypto: nodeCrypto}), 10, onPoint(lessons));
      const read = ({prompt, choices, explain}: Question): string =>
        [promptText(prompt).en, ...choices.map(({text}) => text.en), explain.en].join('\n');
      const central = questions.filter((each) => about.test(read(each)));
      expect(central.length).toBeGreaterThanOrEqual(0.7 * questions.length);
      expect(questions.length).toBeGreaterThan(7);
    }
  });
  test('DNS: seven of ten at least on it', () => {
    const {questions, isOn} = made(['dns-recursion', 'dns-cache'], 10);
    expect(questions.length).toBe(10);
    expect(brokenRules(questions, isOn)).toEqual([]);
  });
});
