// Questions of the quiz about all lessons, made once for all tests that practise with them.
import {nodeCrypto} from '../../source/io/crypto.ts';
import type {Lesson} from '../../source/lesson/lesson.ts';
import {wrongWaysOf} from '../../source/quiz/candidate.ts';
import {drawFrom} from '../../source/quiz/draw.ts';
import {enough, practicePool} from '../../source/quiz/practice-pool.ts';
import type {Question} from '../../source/quiz/question.ts';
import type {PoolQuestion} from './simulated-learner.ts';

/** A number that nobody's belief leads to is as likely a slip as any of these. */
const otherNumbers = 20;

const wrongOf = ({choices, answer, wrongAnswers, form}: Question): readonly (string | undefined)[] => {
  const right = form === 'several' ? [] : typeof answer === 'object' ? answer : [answer];
  if (choices.length > 0)
    return choices.filter(({id}) => !right.includes(id)).map(({misconception}) => misconception);
  return [
    ...wrongAnswers.map(({misconception}) => misconception),
    ...Array.from({length: Math.max(0, otherNumbers - wrongAnswers.length)}, () => undefined),
  ];
};

/** What practice over these lessons chooses from, as the program makes it. */
export const poolOf = (
  lessons: readonly Lesson[],
  about: ReadonlySet<string>,
  seed: number,
): readonly PoolQuestion[] =>
  [
    ...practicePool({
      lessons: drawFrom(`practice ${seed}`).shuffled('lessons', lessons),
      ...{seed, crypto: nodeCrypto, each: enough, about},
    }),
  ].map((entry) => ({...entry, wrong: wrongOf(entry.question), wrongWays: wrongWaysOf(entry.question)}));
