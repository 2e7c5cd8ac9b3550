// The learner's pages, with an answer of every kind and every belief: they are called by words, no id is read or heard.

import {expect, test} from 'vitest';
import {lessonData, lessonSummaries} from '../../../source/io/lessons.ts';
import {kindNames} from '../../../source/lesson/question-kinds.ts';
import {type QuestionKind, topicOf} from '../../../source/quiz/kinds.ts';
import type {ProgressRecord} from '../../../source/quiz/progress-record.ts';
import {standingOf} from '../../../source/quiz/standing.ts';
import {unicodeGlyphs} from '../../../source/view/glyphs.ts';
import {learnerPageScreen} from '../../../source/view/quiz/learner-page.ts';
import {learnerSentences} from '../../../source/view/quiz/learner-sentences.ts';
import {languages} from '../../../source/words/catalogue/language.ts';

const here = {nowMs: Date.UTC(2026, 10, 20, 12), offsetMs: 0};
const {misconceptions} = lessonData();
const lesson = 'handshake';

const wrong = (asks: string, topic: string, touches: readonly string[]): ProgressRecord => ({
  ...{
    id: `${asks} ${touches}`,
    atMs: here.nowMs - 86_400_000,
    kind: 'answer',
    question: '1',
    text: '1',
    lesson,
  },
  ...{
    asks,
    topic,
    skill: `${lesson}/${asks}`,
    touches,
    wrongWays: 3,
    given: 'a',
    right: false,
    means: touches,
  },
  ...{hints: 0, askedIn: 'practice'},
});

const ofKinds = Object.keys(kindNames).map((kind) => wrong(kind, topicOf(kind as QuestionKind), []));
const ofBeliefs = misconceptions.map(({id}) => wrong('next-ack', 'tcp', [id]));
const ids = [...Object.keys(kindNames), ...misconceptions.map(({id}) => id)].filter((id) => /[-:/]/.test(id));

test.each(languages)('%s', (language) => {
  const look = {columns: 160, rows: 400, language, glyphs: unicodeGlyphs, keyHints: []} as const;
  const texts = [ofKinds, ofBeliefs].flatMap((records) =>
    (['progress', 'review'] as const).map((kind) => {
      const standing = standingOf(records, here);
      const page = {
        kind,
        data: {standing, here, lessons: lessonSummaries(), misconceptions},
        row: 0,
      } as const;
      const seen = learnerPageScreen(page, look).map((line) => line.map(({text}) => text).join(''));
      return [...seen, ...learnerSentences(page, language)].join('\n');
    }),
  );
  const text = texts.join('\n');
  const words = [...Object.values(kindNames), ...misconceptions.map(({name}) => name)];
  expect(words.filter((word) => text.includes(word[language])).length).toBeGreaterThan(40);
  expect(ids.filter((id) => text.includes(id))).toEqual([]);
});
