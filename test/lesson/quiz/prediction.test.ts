// A lesson's question outside its lesson. Oracle: the lesson's own sentences (lessons/dns/dns-cache.yaml): a line in the hosts file,
// and then the question how many datagrams leave.
import {expect, test} from 'vitest';
import {sheet} from '../../../source/lesson/quiz/sheet.ts';
import {allLessons} from '../../helpers/all-runs.ts';

test('a question brings what the lesson has just told', () => {
  const lessons = allLessons().filter(({id}) => id === 'dns-cache');
  const prompts: string[] = [];
  for (const {prompt} of sheet({lessons, kinds: ['prediction'], seed: 7, crypto: undefined}))
    if (prompts.push(prompt.en) === 40) break;
  expect(
    prompts.some((text) => /line into m’s hosts file[\s\S]*How many datagrams leave m\?$/.test(text)),
  ).toBe(true);
});
