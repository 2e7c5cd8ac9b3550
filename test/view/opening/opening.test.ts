// The first page says whose TCP a lesson runs; where windows are worked out by hand, by which arithmetic (RFC 5681).
import {expect, test} from 'vitest';
import {unicodeGlyphs} from '../../../source/view/glyphs.ts';
import {openingPage} from '../../../source/view/opening/opening.ts';
import {openingSentences} from '../../../source/view/opening/opening-screen.ts';
import {allLessons} from '../../helpers/all-runs.ts';

const look = {glyphs: unicodeGlyphs, isDone: () => undefined, left: undefined};

test.each([
  ['congestion', 'Reno, RFC 5681', 'Reno（RFC 5681）'],
  ['loss-recovery', 'Reno, RFC 5681', 'Reno（RFC 5681）'],
  ['sliding-window', 'min, Linux', 'Linux'],
  ['simultaneous-open', 'min, RFC,', 'RFC'],
])('%s: %s', (id, en, zh) => {
  const lesson = allLessons().find((each) => each.id === id) ?? expect.fail();
  const [run = expect.fail()] = lesson.runs;
  const page = openingPage(lesson, run, new Map()) ?? expect.fail();
  expect(openingSentences(page, {...look, language: 'en'})[0]).toContain(en);
  expect(openingSentences(page, {...look, language: 'zh'})[0]).toContain(zh);
});

test.each([
  ['sliding-window', ['timestamps', 'delayedAcks', 'timers', 'buffers']],
  ['handshake', ['timestamps', 'delayedAcks', 'timers']],
  ['http-status', ['timestamps', 'quickAcks']],
  ['congestion', []],
])('%s: what it leaves out of Linux', (id, left) => {
  const lesson = allLessons().find((each) => each.id === id) ?? expect.fail();
  const [run = expect.fail()] = lesson.runs;
  expect(openingPage(lesson, run, new Map())?.leftOut).toEqual(left);
});

test.each([
  ['https-why', 100_000],
  ['handshake', 100_000],
  ['dns-recursion', 10_000],
  ['layers', 100_000],
  ['url-to-page', 100_000],
])('%s: the round trip goes from end to end, through a router too', (id, roundTripUs) => {
  const lesson = allLessons().find((each) => each.id === id) ?? expect.fail();
  const [run = expect.fail()] = lesson.runs;
  expect(openingPage(lesson, run, new Map())?.roundTripUs).toBe(roundTripUs);
});
