// Writes the results of a search as plain text, for a pipe or a terminal that stays in the shell.
import {type Language, worded} from '../../lesson/text.ts';
import {searchWords as say} from '../../words/catalogue/search.ts';
import {wrap} from '../../words/width.ts';
import type {Findable} from './search-state.ts';

type Result = {readonly found: Findable; readonly open: string | undefined};

const columns = 100;
/** The most lines of a search result's text. */
const mostLines = 4;

const linesOf = ({found, open}: Result, language: Language): readonly string[] => {
  const {kind, name, beside, told} = found;
  const aside = beside[language] === '' ? '' : `  (${beside[language]})`;
  const text = told.flatMap((each) => wrap(each[language], columns)).slice(0, mostLines);
  return [
    `${say.kinds[kind][language]}  ${name[language]}${aside}`,
    ...text.map((line) => `    ${line}`),
    `    ${open ?? say.nowhere[language]}`,
    '',
  ];
};

/** Returns the lines of all results; above them stands which typed word nothing contains, if there is one. */
export const resultLines = (
  results: readonly Result[],
  [unknown]: readonly string[],
  language: Language,
): readonly string[] => [
  ...(unknown === undefined ? [] : [worded(say.nothing, {typed: unknown})[language], '']),
  ...results.flatMap((result) => linesOf(result, language)),
];
