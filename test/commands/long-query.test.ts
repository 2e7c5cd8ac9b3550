// How long a query may be: a longer one is refused, and the longest that are allowed cost little.
import process from 'node:process';
import {expect, test} from 'vitest';
import {findables} from '../../source/app/findables.ts';
import {interviewQuestions} from '../../source/io/lessons.ts';
import {drawn, unknownWords} from '../../source/view/interview/interview-draw.ts';
import {foundBy} from '../../source/view/search/search-state.ts';
import {queryTooLong} from '../../source/words/catalogue/search.ts';
import {runProgram} from '../helpers/run-program.ts';

// docs/reference.md says so.
const most = 300;

const tooLong: readonly (readonly [string, readonly string[]])[] = [
  ['a word', ['a'.repeat(100_000)]],
  ['a word that is one letter too long', ['a'.repeat(most + 1)]],
  ['words', Array.from({length: 1000}, (_, n) => `retransmissoin${n}`)],
];
test.each(tooLong)('%s: refused with 2, in both languages', (_, words) => {
  const facts = {count: [...words.join(' ')].length, most};
  for (const command of ['search', 'interview'])
    for (const language of ['en', 'zh'] as const) {
      const {code, stdout, stderr} = runProgram([command, ...words, '--lang', language]);
      const {what, remedy} = queryTooLong;
      const lines = `packet-tutor: ${what[language](facts)}\n${remedy[language]}\n`;
      expect([code, stdout, stderr]).toEqual([2, '', lines]);
    }
});

/** Words that differ in their last letters, as many as fit. */
const filled = (word: string): string =>
  Array.from({length: most}, (_, n) => word + n.toString(26).replace(/\d/g, 'z'))
    .join(' ')
    .slice(0, most);

const longest: readonly (readonly [string, string])[] = [
  ['one word', 'abcdefghij'.repeat(most / 10)],
  ['misspelt words', filled('reqest')],
  ['words of a letter', 'abcdefghijklmnopqrstuvwxyz'.split('').join(' ').repeat(10).slice(0, most)],
  ['a name', 'tcp_'.repeat(most / 4)],
  ['Chinese', '连接被重置之后客户端为什么不再重传'.repeat(most).slice(0, most)],
];
const ranking = findables();
const questions = interviewQuestions();

const commands: Readonly<Record<string, (query: string) => void>> = {
  search: (query) => {
    foundBy(ranking, query);
    ranking.near(query);
    ranking.unknown(query);
  },
  interview: (query) => {
    const words = query.split(' ');
    unknownWords(questions, words);
    drawn(questions, {from: {kind: 'words', words}});
  },
};

test.each(longest)(
  '%s of the greatest length cost less than a second more than a short query',
  (_, typed) => {
    expect([...typed].length).toBe(most);
    for (const [command, run] of Object.entries(commands)) {
      const cost = (query: string): number => {
        const before = process.cpuUsage();
        run(query);
        return process.cpuUsage(before).user / 1000;
      };
      cost('handshake');
      const short = cost('handshake');
      expect(cost(typed) - short, command).toBeLessThan(1000);
    }
  },
);
