// Writes the result of a solved challenge as a text to share, of at most 280 characters. It says nothing about the learner but the result.
import {type Language, type Text, worded} from '../lesson/text.ts';
import {shareWords as say} from '../words/catalogue/challenge-page.ts';
import {cut, repeated} from '../words/width.ts';

export type Shared = {
  readonly id: string;
  readonly title: Text;
  /** The date, if it was the challenge of that day; undefined otherwise. */
  readonly day?: string | undefined;
  readonly moves: number;
  readonly par: number;
  readonly hints: number;
  /** The number of the learner's earlier tries at the challenge that did not solve it. */
  readonly tries: number;
  /** The number of days in a row on which the learner solved the challenge of the day. */
  readonly streak: number;
};

/** The most columns of a challenge's title, and the most unsuccessful tries that are drawn, so that the shared text stays short. */
const titleColumns = 60;
const mostMarks = 6;

/**
 * Returns a sign for each try at a challenge: `✗` for each failed one, of which only the last are shown, and `✓` for the one that solved
 * it.
 */
const runMarks = ({tries}: Shared): string =>
  `${tries > mostMarks ? '…' : ''}${repeated('✗', Math.min(tries, mostMarks))}✓`;

export type SharedLine = {readonly part: 'head' | 'title' | 'marks' | 'told'; readonly text: string};

export const sharedLines = (shared: Shared, language: Language): readonly SharedLine[] => {
  const {id, title, day, moves, par, hints, streak} = shared;
  return [
    {part: 'head', text: worded(say.head, {day})[language]},
    {part: 'title', text: worded(say.title, {title: cut(title[language], titleColumns, '…')})[language]},
    {part: 'marks', text: runMarks(shared)},
    {part: 'told', text: worded(say.score, {moves, par, hints})[language]},
    ...(day === undefined || streak < 2
      ? []
      : [{part: 'told', text: worded(say.streak, {days: streak})[language]} as const]),
    {part: 'told', text: worded(say.command, {id})[language]},
  ];
};

export const shareText = (shared: Shared, language: Language): string =>
  sharedLines(shared, language)
    .map(({text}) => text)
    .join('\n');
