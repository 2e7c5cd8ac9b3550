// What is asked of a sender that goes by time. Oracle: worked out by hand from the clauses and the kernel's numbers named beside each line.
import {expect, test} from 'vitest';
import type {QuestionKind} from '../../source/quiz/kinds.ts';
import {promptText} from '../../source/quiz/prompt.ts';
import {about, questionsOf, rightsOf} from './asked-runs.ts';

const rows: readonly (readonly [string, QuestionKind, readonly string[]])[] = [
  // RFC 8985 §7.2: the last ACK at 130 ms, 2 × 20 ms and TCP_TIMEOUT_MIN of 2 ms.
  ['rack-tlp', 'loss-probe', ['172000']],
  // One segment alone: 2 × 20 ms + 200 ms is more than the RTO of 220 ms.
  ['rack-tlp/alone', 'loss-probe', ['350000']],
  ['rack-tlp/old', 'loss-probe', []],
  // RFC 8985 §6.2: sent at 110 ms, a round trip of 20 ms, a quarter of it, and 2 ms.
  ['rack-tlp/hole', 'rack-window', ['137000']],
  ['rack-tlp/hole-old', 'rack-window', []],
  // RFC 9438 §4.6: 0.7 × 30; §4.2: the cube root of 9 / 0.4 is 2.823.
  ['cubic', 'cubic-ssthresh', ['21000']],
  ['cubic', 'cubic-k', ['2800000']],
  ['cubic/reno', 'cubic-ssthresh', []],
  ['cubic/reno', 'cubic-k', []],
  // RFC 8985 §7.3: 172 − 130 ms is 2 × 20 + 2 ms; §6.2: the SACK for the probe finds the segment before it.
  ['rack-tlp', 'why-again', ['probe', 'rack']],
  // Three are SACKed, so the window is 0, and a third duplicate ACK would be as good a reason.
  ['rack-tlp/undone', 'why-again', []],
  // Without SACK there is neither a probe nor RACK.
  ['rack-tlp/what-if-3', 'why-again', []],
  // The first loss is at 30 segments.
  ['cubic', 'cubic-max', ['30']],
  ['cubic/reno', 'cubic-max', []],
  // RFC 2018 §3: the first SACK block stands beyond the hole.
  ['rack-tlp', 'sack-says', ['hole']],
  // RFC 8985 §6.2: the third of ten is late, the three behind it are SACKed.
  ['rack-tlp/undone', 'rack-lost', ['2001']],
];

test.each(rows)('%s: %s', (run, kind, rights) => {
  const asked = about(run);
  expect(rightsOf(asked, kind).map((each) => each.replace(/^#\d+ /, ''))).toEqual(rights);
  expect(questionsOf(asked, kind)).toHaveLength(rights.length);
});

// RFC 9438 §4.4, §4.5: below W_max the window is in the concave region, beyond it in the convex one; the printed numbers have to say so.
test('the region follows from the windows as well as from the times', () => {
  const all = questionsOf(about('cubic'), 'cubic-region');
  expect(all.length).toBeGreaterThan(1);
  for (const {prompt, answer, choices} of all) {
    const [most = 0, curve = 0] = [/W_max=(\d+)/, /now: (\d+) /].map((each) =>
      Number(each.exec(promptText(prompt).en)?.[1]),
    );
    const right = choices.find(({id}) => id === answer)?.value;
    if (right !== 'friendly') expect(curve < most ? 'concave' : curve > most ? 'convex' : '').toBe(right);
  }
});

// A block’s right edge is the number after its last byte (RFC 2018 §3).
test('what a SACK block says ends with its last byte', () => {
  const [question] = questionsOf(about('rack-tlp'), 'sack-says');
  const edge = Number(/SACK \d+–(\d+)/.exec(promptText(question?.prompt ?? []).en)?.[1]);
  for (const {text} of question?.choices ?? []) expect(text.en).toContain(` to ${edge - 1} `);
});

// The cube root of 9 / 0.4 is 2.823: no choice claims more digits than the right one is good for.
test('the time until the curve is back is told to a tenth of a second', () => {
  const [question] = questionsOf(about('cubic'), 'cubic-k');
  const texts = (question?.choices ?? []).map(({text}) => text.en);
  expect(texts).toContain('2.8 s');
  for (const text of texts) expect(text).toMatch(/^\d+\.\d s$/);
});

// RFC 8985 §6.2: lost is what is still missing once the round trip of a later segment and the window have passed since it left.
test('when a segment counts as lost can be added up from what is printed', () => {
  const [question] = questionsOf(about('rack-tlp/hole'), 'rack-window');
  const [prompt, explain] = [promptText(question?.prompt ?? []).en, question?.explain.en ?? ''];
  expect(prompt).toMatch(/Another segment left right after it, at 0\.1\d* s,/);
  const terms = [...explain.matchAll(/([\d.]+) (ms|s)\b/g)].map(
    ([, number, unit]) => Number(number) * (unit === 's' ? 1000 : 1),
  );
  expect(terms).toHaveLength(5);
  expect(terms.slice(0, 4).reduce((sum, each) => sum + each, 0)).toBeCloseTo(terms[4] ?? 0, 6);
});
