// The quiz of the menu after three lessons: it asks what these have named, each idea once, from easy to hard, with the subjects in turn.
// Oracle: the texts of the lessons, and counting.
import {expect, test} from 'vitest';
import {compiledLesson, lessonData} from '../../source/io/lessons.ts';
import {promptText} from '../../source/quiz/prompt.ts';
import {menuQuestions} from '../../source/quiz/taught.ts';
import {playMenuRound, type Style} from '../helpers/menu-rounds.ts';
import {asksOthers} from '../helpers/seeds.ts';
import {about, questionsOf} from './asked-runs.ts';
import {brokenMenuRules} from './menu-rules.ts';

const rounds: readonly (readonly [Style, number, readonly string[]])[] = [
  ['right', 11, ['first-packet', 'handshake', 'layers']],
  ['wrong', 12, ['handshake', 'dns-recursion', 'http-request']],
  ...(asksOthers() ? [['chance', 703, ['teardown', 'simultaneous-close', 'http-connections']] as const] : []),
];

test.each(rounds)('always %s, seed %i, after %s', async (style, seed, lessons) => {
  const played = await playMenuRound(lessons, {seed, style});
  expect(brokenMenuRules(played?.questions ?? [], lessons)).toEqual([]);
  // These lessons may have too few ideas for ten, and the result says so then.
  expect(played?.questions.length).toBeGreaterThanOrEqual(8);
});

const asksAfter = (...finished: readonly string[]) => {
  const lessons = finished.flatMap((id) => compiledLesson(id) ?? []);
  const homes = new Map(lessonData().misconceptions.map(({id, lesson}) => [id, lesson]));
  return menuQuestions({lessons, homes});
};

test('the TTL of DNS and the MAC of TLS are not those of a packet, nor the frames of HTTP/2 those of Ethernet', () => {
  expect(asksAfter('dns-cache', 'https-tls13').kinds).not.toContain('hop-ttl');
  expect(asksAfter('http-connections').kinds).not.toContain('which-layer');
  expect(asksAfter('layers').kinds).toEqual(expect.arrayContaining(['hop-ttl', 'which-layer']));
});

test('a FIN is asked about after a lesson on closing, and a referral where servers refer', () => {
  const fin = questionsOf(about('teardown'), 'next-ack').find(
    (each) => promptText(each.prompt).en.includes('FIN') && asksAfter('teardown').accepts(each),
  );
  const [referral] = questionsOf(about('dns-iterative'), 'dns-says').filter(
    ({evidence}) => evidence.value === 'referral',
  );
  if (!fin || !referral) throw new Error('not asked');
  expect(
    asksAfter('teardown', 'handshake').accepts({...fin, evidence: {...fin.evidence, run: 'what-if-1'}}),
  ).toBe(false);
  expect(asksAfter('handshake', 'http-request').accepts({...fin, lesson: 'http-request'})).toBe(false);
  expect(asksAfter('dns-recursion').accepts({...referral, lesson: 'dns-recursion'})).toBe(false);
});

test('ids of sessions and keys of cases are no words', () => {
  for (const kind of ['cookie-sent', 'cookie-goes-to', 'session-for'] as const) {
    const asked = questionsOf(about('cookies-session'), kind);
    expect(asked.some(asksAfter('cookies-session').accepts), kind).toBe(true);
  }
  const [moved] = questionsOf(about('http-status/moved'), 'which-status');
  expect(moved && asksAfter('http-status').accepts(moved)).toBe(true);
  // `http-request` teaches status codes, too, but not how 301 differs from 302.
  const elsewhere = moved && {...moved, lesson: 'http-request', evidence: {...moved.evidence, run: 'base'}};
  expect(elsewhere && asksAfter('http-request').accepts(elsewhere)).toBe(false);
  expect(elsewhere && asksAfter('http-request', 'http-status').accepts(elsewhere)).toBe(true);
});

test('a sentence about data in a SYN is not asked: only a what-if shows it', () => {
  const [sentence] = questionsOf(about('handshake'), 'is-it-so');
  if (!sentence) throw new Error('not asked');
  const asks = (belief: string) =>
    asksAfter('handshake').accepts({...sentence, touches: [belief], secrets: []});
  expect(asks('isn-zero-or-one')).toBe(true);
  expect(asks('no-data-in-handshake')).toBe(false);
});

test('nothing is asked before a lesson is finished, unless all are wished for', async () => {
  expect(await playMenuRound([], {seed: 1, style: 'right'})).toBeUndefined();
  const all = await playMenuRound([], {seed: 1, style: 'right'}, 'everything');
  expect(all?.questions).toHaveLength(10);
  expect(new Set(all?.questions.map(({topic}) => topic)).size).toBeGreaterThan(2);
});
