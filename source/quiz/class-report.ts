// The results of a class on one sheet: each person's score, the hardest questions and the commonest beliefs.
import {type GivenAnswer, grade, type Report, reportOn} from './grade.ts';
import type {Question} from './question.ts';

export type Answers = ReadonlyMap<string, GivenAnswer>;

export type Person<About> = Report & {
  readonly about: About;
  /** How many of the sheet's questions the person answered. */
  readonly answered: number;
};

type QuestionTally = {readonly question: Question; readonly right: number; readonly answered: number};

type BeliefTally = {
  readonly id: string;
  /** The number of people with at least one answer that showed the belief. */
  readonly people: number;
  readonly asked: number;
  readonly wrong: number;
};

export type ClassReport<About> = {
  readonly people: readonly Person<About>[];
  /** The questions of the sheet with the class's results, those with the fewest right answers first. */
  readonly questions: readonly QuestionTally[];
  /** The beliefs that answers of the class showed, commonest first. */
  readonly beliefs: readonly BeliefTally[];
};

const beliefsOf = (people: readonly Report[]): readonly BeliefTally[] => {
  const tallies = new Map<string, BeliefTally>();
  for (const {id, asked, wrong} of people.flatMap(({misconceptions}) => misconceptions)) {
    const known = tallies.get(id) ?? {id, people: 0, asked: 0, wrong: 0};
    tallies.set(id, {
      id,
      people: known.people + (wrong > 0 ? 1 : 0),
      asked: known.asked + asked,
      wrong: known.wrong + wrong,
    });
  }
  return [...tallies.values()]
    .filter(({wrong}) => wrong > 0)
    .toSorted((a, b) => b.people - a.people || b.wrong - a.wrong || (a.id < b.id ? -1 : 1));
};

/**
 * Grades the papers of a class one after the other and adds up the results, so that the answers of a large class need not be in memory
 * together.
 */
export const classReport = <About>(
  questions: readonly Question[],
  papers: Iterable<{readonly about: About; readonly answers: Answers}>,
): ClassReport<About> => {
  const people: Person<About>[] = [];
  const tallies = questions.map((question) => ({question, right: 0, answered: 0}));
  for (const {about, answers} of papers) {
    for (const tally of tallies) {
      const given = answers.get(tally.question.id);
      if (given === undefined) continue;
      tally.answered += 1;
      if (grade(tally.question, given).right) tally.right += 1;
    }
    const answered = questions.filter(({id}) => answers.has(id)).length;
    people.push({...reportOn(questions, answers), about, answered});
  }
  const hardest = tallies.toSorted((a, b) => a.right - b.right || b.answered - a.answered);
  return {people, questions: hardest, beliefs: beliefsOf(people)};
};
