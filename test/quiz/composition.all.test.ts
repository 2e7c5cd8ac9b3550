// Sheets of ten for each subject: none breaks its composition; how many kinds each has is printed, and why some are shorter.
import {expect, test} from 'vitest';
import {nodeCrypto} from '../../source/io/crypto.ts';
import {composed, onPoint} from '../../source/quiz/composition.ts';
import {topicOf} from '../../source/quiz/lesson-topic.ts';
import {sheet} from '../../source/quiz/sheet.ts';
import {allLessons} from '../helpers/all-runs.ts';
import {few, seed} from '../helpers/seeds.ts';
import {brokenRules} from './composition-rules.ts';

const seeds = few(
  Array.from({length: 10}, (_, n) => (seed % 1000) + n),
  1,
);

test.each([...new Set(allLessons().map(topicOf))])('sheets about %s', (topic) => {
  const lessons = allLessons().filter((lesson) => topicOf(lesson) === topic);
  const isOn = onPoint(lessons);
  const rows = seeds.map((each) => {
    const {questions, fewer} = composed(sheet({lessons, seed: each, crypto: nodeCrypto}), 10, isOn);
    expect(brokenRules(questions, isOn), `seed ${each}`).toEqual([]);
    expect(questions.length < 10).toBe(fewer !== undefined);
    const kinds = new Set(questions.map(({kind}) => kind)).size;
    if (fewer === undefined) expect(kinds, `seed ${each}`).toBeGreaterThanOrEqual(5);
    return `${topic} ${each}: ${questions.length} ${fewer ?? ''}, ${kinds} kinds`;
  });
  console.log(rows.join('\n'));
});
