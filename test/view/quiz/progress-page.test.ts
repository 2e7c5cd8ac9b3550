// The pages of progress and review: levels as they were drawn by hand, widths in both languages, days of the learner's clock.

import {expect, test} from 'vitest';
import {everywhere} from '../../../source/lesson/everywhere.ts';
import type {ProgressRecord} from '../../../source/quiz/progress-record.ts';
import type {Here} from '../../../source/quiz/progress-summary.ts';
import {dayMs} from '../../../source/quiz/rested.ts';
import {standingOf} from '../../../source/quiz/standing.ts';
import {learnerSentences} from '../../../source/view/quiz/learner-sentences.ts';
import {reviewRows, wordsFor} from '../../../source/view/quiz/page-rows.ts';
import {cardName, type Page, progressPage, reviewPage} from '../../../source/view/quiz/progress-page.ts';
import {textWidth} from '../../../source/words/width.ts';
import '../../helpers/meaning.ts';

/** 20 November 2026, eight in the evening in Shanghai. */
const here: Here = {nowMs: Date.UTC(2026, 10, 20, 12), offsetMs: 8 * 3_600_000};

/** `✗✓…`: one answer every other day, the last one yesterday. */
const history = (misconception: string, marks: string): readonly ProgressRecord[] =>
  [...marks].map((mark, n) => {
    const atMs = here.nowMs - dayMs * (1 + 2 * (marks.length - 1 - n));
    const right = mark === '✓';
    return {
      ...{
        id: `${misconception} ${n}`,
        atMs,
        kind: 'answer',
        question: `${n}`,
        text: `${n}`,
        lesson: 'handshake',
      },
      ...{asks: 'next-ack', topic: 'tcp', skill: `handshake/${misconception}`, touches: [misconception]},
      ...{
        wrongWays: 3,
        given: 'a',
        right,
        means: right ? [] : [misconception],
        hints: 0,
        askedIn: 'practice',
      },
    };
  });

const drawn = {
  'every-packet-plus-one': ['✗✗✓✗✓✗✗', 'weak'],
  'time-wait-on-server': ['✗✗✓', 'shaky'],
  'ack-is-last-byte-received': ['✗✓✓✓✓', 'good'],
  'established-together': ['✓✗✓✓✓✓', 'good'],
  'isn-zero-or-one': ['✓✓✓✓', 'known'],
} as const;

const records = Object.entries(drawn)
  .flatMap(([misconception, [marks]]) => history(misconception, marks))
  .concat({id: 'finished', atMs: here.nowMs, kind: 'finished', lesson: 'handshake'})
  .sort((a, b) => a.atMs - b.atMs);

const page = (language: 'en' | 'zh', of: readonly ProgressRecord[] = records): Page => ({
  standing: standingOf(of, here),
  here,
  language,
  ascii: false,
  lessons: [
    {
      id: 'handshake',
      title: everywhere({en: 'Handshake', zh: '握手'}),
      track: 'tcp-open',
      summary: everywhere({en: 'It opens.', zh: '打开。'}),
    },
    {
      id: 'why-three',
      title: everywhere({en: 'Why three', zh: '为什么三次'}),
      track: 'tcp-open',
      summary: everywhere({en: 'It opens.', zh: '打开。'}),
    },
  ],
  misconceptions: [...Object.keys(drawn), 'root-knows-ip'].map((id) => ({
    id,
    belief: everywhere({en: `as if ${id}`, zh: `以为 ${id}`}),
    correct: everywhere({en: `not ${id}`, zh: `不是 ${id}`}),
  })),
});

test('levels are those of the drawing, the weakest first', () => {
  const {beliefs} = standingOf(records, here);
  expect(Object.fromEntries(beliefs.map(({misconception, level}) => [misconception, level]))).toEqual(
    Object.fromEntries(Object.entries(drawn).map(([misconception, [, level]]) => [misconception, level])),
  );
  expect(beliefs[0]?.misconception).toBe('every-packet-plus-one');
});

test('the page says since when, how much, what is weak, the tracks, and no belief that was never shown', () => {
  const lines = progressPage(page('en'));
  expect(lines[0]).toMatch(/^progress .* since 7 November · 1 lesson · 25 answers$/);
  const [myth = '', fact, how] = lines.slice(lines.findIndex((line) => line.includes('every-packet')));
  expect(myth.trim()).toSay({says: 'beliefs.beliefWords.myth', belief: 'as if every-packet-plus-one'});
  expect(fact?.trim()).toSay({says: 'beliefs.beliefWords.fact', correct: 'not every-packet-plus-one'});
  expect(how).toMatch(/✗✗✓✗✓✗✗ +weak .*today$/);
  // It was answered four times, and never wrongly.
  for (const hidden of ['isn-zero-or-one', 'root-knows-ip']) expect(lines.join('\n')).not.toContain(hidden);
  expect(lines.join('\n')).toContain('TCP open 1/2');
});

test.each(['en', 'zh'] as const)('nothing is wider than the page, and columns stand (%s)', (language) => {
  for (const of of [records, []]) {
    const lines = [...progressPage(page(language, of)), ...reviewPage(page(language, of))];
    for (const line of lines) expect(textWidth(line)).toBeLessThan(80);
  }
  const rows = progressPage(page(language)).filter((line) => /[✓✗]{3}/.test(line));
  expect(rows.length).toBe(4);
  expect(new Set(rows.map((line) => textWidth(line.slice(0, line.search(/[✓✗]/))))).size).toBe(1);
});

test('a day is the learner’s: what was answered before midnight there belongs to the day before', () => {
  const midnight = Date.UTC(2026, 10, 19, 16);
  const at = (atMs: number): ProgressRecord =>
    ({...history('a', '✓')[0], atMs, id: `${atMs}`}) as ProgressRecord;
  const {days, streakDays} = standingOf([at(midnight - 1), at(midnight)], here);
  expect([...days.values()]).toEqual([1, 1]);
  expect(streakDays).toBe(2);
  expect(standingOf([at(midnight), at(midnight + 1)], here).streakDays).toBe(1);
  expect(standingOf([at(midnight - 2 * dayMs)], here).streakDays).toBe(0);
});

test('review lists what is due today with when it was last right or wrong, then what comes', () => {
  const lines = reviewPage(page('en'));
  expect(lines[0]).toMatch(/due today · about \d+ min$/);
  const at = lines.findIndex((line) => line.includes('as if every-packet-plus-one'));
  expect(lines[at - 1]).toMatch(/missed twice, 1 day ago +now$/);
  expect(lines.some((line) => / in \d+ d$/.test(line))).toBe(true);
});

test.each(['en', 'zh'] as const)('%s: an answer dated after today', (language) => {
  const ahead = here.nowMs + 26_697 * dayMs;
  const ticks = (question: string, missed: readonly string[]): ProgressRecord => ({
    ...{id: question, atMs: ahead, kind: 'ticks', question, topic: 'dns', lesson: 'handshake'},
    ...{ticked: ['a'], missed},
  });
  const of = [
    ...['✓', '✗'].flatMap((mark) => history(mark, mark)),
    ...[ticks('part', ['b']), ticks('whole', [])],
  ].map((each) => ({...each, atMs: ahead}));
  const whole = page(language, of);
  const lines = reviewPage(whole);
  const said = {en: 'dated after today', zh: '记录日期晚于今天'}[language];
  expect(lines.filter((line) => line.includes(said))).toHaveLength(5);
  const sentences = learnerSentences({kind: 'review', data: whole, row: 0}, language);
  expect([...lines, ...sentences].join('\n')).not.toMatch(/-\d|ago|天前/);
  for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(80);
});

test('of an interview the review says what was not complete, and promises no fresh numbers', () => {
  const ticks = (question: string, missed: readonly string[], daysAgo: number): ProgressRecord => ({
    ...{id: question, atMs: here.nowMs - daysAgo * dayMs, kind: 'ticks', question, topic: 'dns'},
    ...{lesson: 'handshake', ticked: ['a'], missed},
  });
  const both = [ticks('part', ['b'], 2), ticks('whole', [], 1)];
  const shown = (of: readonly ProgressRecord[], language: 'en' | 'zh' = 'en') => {
    const openQuestions = new Map(['part', 'whole'].map((id) => [id, everywhere({en: id, zh: id})]));
    const whole = {...page(language, of), openQuestions};
    const lines = reviewPage(whole);
    return [lines.join('\n'), learnerSentences({kind: 'review', data: whole, row: 0}, language).join('\n')];
  };
  for (const text of shown(both)) {
    expect(text).toMatch(/part.*not complete 2 days ago/);
    expect(text).toMatch(/whole.* complete 1 day ago/);
    expect(text).not.toMatch(/wrong|right|fresh numbers/);
  }
  for (const text of shown(both, 'zh')) expect(text).toMatch(/part.*2 天前没答全/);
  for (const text of shown([...both, ...records])) expect(text).toContain('fresh numbers');
  for (const text of shown([])) expect(text).toSay({says: 'progress.progressWords.ways.first'});
  const openQuestions = new Map([['part', everywhere({en: 'part of what?', zh: '哪一部分？'})]]);
  const data = {...page('en', both), openQuestions};
  const cards = reviewRows(data).filter(({kind}) => kind === 'card');
  expect(cards.map((row) => wordsFor(row, data, 'en'))).toEqual([['part of what?'], []]);
});

test('lists call skills by words, and beliefs by their lesson; of what is gone the id is left', () => {
  const named = (kind: 'belief' | 'skill', name: string, language: 'en' | 'zh') =>
    cardName({kind, name, lesson: 'handshake'}, page(language))[language];
  expect(named('belief', 'isn-zero-or-one', 'zh')).toBe('握手');
  expect(named('skill', 'handshake/next-ack', 'en')).toBe('the next ack (Handshake)');
  expect(named('skill', 'handshake/next-ack', 'zh')).toBe('下一个 ack（握手）');
  expect(named('belief', 'gone', 'en')).toBe('Handshake');
});

test('a card that is put off is due tomorrow, until it has been answered again; other cards stay', () => {
  const later = (atMs: number): ProgressRecord => ({
    ...{id: `later ${atMs}`, atMs, kind: 'later', lesson: 'handshake'},
    ...{card: 'belief', name: 'every-packet-plus-one'},
  });
  const dueIn = (of: readonly ProgressRecord[], at: Here = here): readonly string[] =>
    standingOf(of, at).due.map(({name}) => name);
  const before = dueIn(records);
  expect(before).toContain('every-packet-plus-one');
  const off = [...records, later(here.nowMs)];
  expect(dueIn(off)).toEqual(before.filter((name) => name !== 'every-packet-plus-one'));
  expect(dueIn(off, {...here, nowMs: Date.UTC(2026, 10, 20, 15, 59)})).not.toContain('every-packet-plus-one');
  // Midnight in Shanghai.
  expect(dueIn(off, {...here, nowMs: Date.UTC(2026, 10, 20, 16)})).toContain('every-packet-plus-one');
  expect(dueIn([later(here.nowMs - 3 * dayMs), ...records])).toEqual(before);
  const {answers, beliefs, days} = standingOf(off, here);
  expect({answers, beliefs: beliefs[0]?.answers, days}).toEqual({
    answers: standingOf(records, here).answers,
    beliefs: standingOf(records, here).beliefs[0]?.answers,
    days: standingOf(records, here).days,
  });
});

const checked = (atMs: number, right: boolean): ProgressRecord =>
  ({...history('a', right ? '✓' : '✗')[0], atMs, id: `check ${atMs}`, askedIn: 'check'}) as ProgressRecord;

test('the last check of a lesson: its answers, and none of the check before it', () => {
  const minute = 60_000;
  const check = (times: readonly (readonly [number, boolean])[]) =>
    standingOf(
      times.map(([minutes, right]) => checked(minutes * minute, right)),
      here,
    ).lessons.get('handshake')?.check;
  expect(check([])).toBeUndefined();
  expect(
    check([
      [0, true],
      [1, false],
      [2, true],
    ]),
  ).toEqual({asked: 3, right: 2});
  expect(
    check([
      [0, true],
      [1, true],
      [90, false],
      [91, true],
    ]),
  ).toEqual({asked: 2, right: 1});
  expect(
    check([
      [0, false],
      [1, true],
      [2, true],
      [3, true],
      [4, true],
      [5, true],
    ]),
  ).toEqual({asked: 5, right: 5});
});

test('a streak is what was right since the last wrong answer', () => {
  expect(standingOf(history('a', '✓✗✓✓'), here).streak).toBe(2);
  expect(standingOf(history('a', '✓✗'), here).streak).toBe(0);
  expect(standingOf([], here).streak).toBe(0);
});
