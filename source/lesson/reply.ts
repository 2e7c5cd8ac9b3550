// The reply to a wrong answer: never only “wrong”, but what the answer would mean, in this run's numbers (screens.md 5(h)).
import type {BoundBeat, BoundChoice} from './bound-beat.ts';
import type {Misconception} from './data.ts';
import type {Language, Text} from './lesson.ts';

type Question = Exclude<BoundBeat, {kind: 'narration'}>;

/** undefined: a slip, behind which no known belief stands. */
export const meaningOfChoice = (
  question: Question,
  given: BoundChoice,
  misconceptions: readonly Misconception[],
): Text | undefined => {
  const belief = misconceptions.find(({id}) => id === given.misconception);
  const right = question.choices.find((choice) => choice.correct);
  if (!belief || !right) return undefined;
  const fill = (language: Language): string =>
    belief.answerMeans[language]
      .replaceAll('{given}', given.text[language])
      .replaceAll('{right}', right.text[language]);
  return {en: fill('en'), zh: fill('zh')};
};
