// A class, counted by hand.
import {expect, test} from 'vitest';
import {classReport} from '../../source/quiz/class-report.ts';
import type {GivenAnswer} from '../../source/quiz/grade.ts';
import {questionOf} from '../helpers/questions.ts';

const questions = [questionOf('choice'), questionOf('several'), questionOf('order')];
const paper = (about: string, answers: {readonly [id: string]: GivenAnswer}) => ({
  about,
  answers: new Map(Object.entries(answers)),
});

/** Choice a stands for the belief. */
const report = classReport(questions, [
  paper('Ann', {'choice-1': 'b', 'several-1': ['b', 'c'], 'order-1': ['c', 'a', 'b']}),
  paper('Bo', {'choice-1': 'a', 'several-1': ['a', 'b']}),
  paper('Cy', {'choice-1': 'a', 'unknown-1': 'a'}),
  paper('Di', {}),
]);

test('each person has what is right, what was answered, and beliefs by count', () => {
  expect(
    report.people.map(({about, right, questions: of, answered, misconceptions}) => [
      ...[about, right, of, answered],
      misconceptions.map(({asked, wrong}) => `${wrong}/${asked}`).join(),
    ]),
  ).toEqual([
    ['Ann', 3, 3, 3, '0/3'],
    ['Bo', 0, 3, 2, '2/2'],
    ['Cy', 0, 3, 1, '1/1'],
    ['Di', 0, 3, 0, '0/0'],
  ]);
});

test('the hardest question comes first: of equals the one that more have tried', () => {
  expect(report.questions.map(({question, right, answered}) => [question.id, right, answered])).toEqual([
    ['choice-1', 1, 3],
    ['several-1', 1, 2],
    ['order-1', 1, 1],
  ]);
});

test('a belief is counted by people and by answers', () => {
  expect(report.beliefs).toEqual([{id: 'every-packet-plus-one', people: 2, asked: 6, wrong: 3}]);
  expect(classReport(questions, []).beliefs).toEqual([]);
});
