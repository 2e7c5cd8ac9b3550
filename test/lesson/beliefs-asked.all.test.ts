// Against each belief there are questions in which it would show, in two ways at least, found by asking.
import {expect, test} from 'vitest';
import {dataFiles} from '../../scripts/lesson-files.ts';
import {nodeCrypto} from '../../source/io/crypto.ts';
import type {Lesson} from '../../source/lesson/lesson.ts';
import {loadData} from '../../source/lesson/load-data.ts';
import {allRuns} from '../../source/lesson/run-variant.ts';
import {generators} from '../../source/quiz/generators.ts';
import type {Question} from '../../source/quiz/question.ts';
import {ask} from '../../source/quiz/sheet.ts';
import {happened} from '../../source/quiz/variant.ts';
import {allLessons} from '../helpers/all-runs.ts';

const lessons = allLessons();
const loaded = loadData(dataFiles('lessons'));
if (!loaded.ok) throw new Error('the misconceptions cannot be read');
const {misconceptions} = loaded.value;

/** A kind of question; of the lessons' own questions each. */
const templateOf = ({kind}: Question, place: number, lesson: Lesson): string =>
  kind === 'prediction' ? `${kind} ${lesson.id} ${place}` : kind;

/** Counterfactual machines ask nothing. */
const variantsOf = (lesson: Lesson) =>
  allRuns(lesson)
    .filter(({notTcp}) => notTcp === undefined)
    .map((run) => ({lesson, run, seed: 3, profile: run.profile, faults: []}));

test('each belief has two kinds of questions at least in which it would show', () => {
  const templates = new Map<string, Set<string>>(misconceptions.map(({id}) => [id, new Set()]));
  const short = () => [...templates].filter(([, found]) => found.size < 2).map(([id]) => id);
  for (const lesson of lessons) {
    const own = misconceptions.filter(({lesson: of, counter}) => [of, counter?.lesson].includes(lesson.id));
    for (const variant of variantsOf(lesson)) {
      if (!short().some((id) => own.some((each) => each.id === id))) break;
      const asked = happened(variant, {crypto: nodeCrypto});
      for (const generator of generators) {
        if (generator.simulates) continue;
        for (const place of generator.places(asked).slice(0, 12)) {
          const question = ask(generator, asked, place);
          for (const belief of question?.touches ?? [])
            if (question) templates.get(belief)?.add(templateOf(question, place, lesson));
        }
      }
    }
  }
  expect(short()).toEqual([]);
});
