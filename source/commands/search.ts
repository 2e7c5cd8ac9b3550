// `search`: prints what is found by words, a symptom or an error message, each with the command that opens it.
import type {Command} from '../app/command.ts';
import {findables} from '../app/findables.ts';
import {packs} from '../app/packs.ts';
import {printJson, printText} from '../app/print.ts';
import {interviewQuestions} from '../io/lessons.ts';
import {formatDuration} from '../sim/fault-text.ts';
import {isTooLong, lengthOf, mostCharacters} from '../view/search/query-length.ts';
import {type Findable, foundBy} from '../view/search/search-state.ts';
import {resultLines} from '../view/search/search-text.ts';
import {nearFound, nothingFound, queryTooLong} from '../words/catalogue/search.ts';
import {problemOf} from '../words/problem.ts';
import {shell, shellFile, type Written} from '../words/written.ts';

/** The largest number of results that `search` prints. */
const most = 10;
/** The largest number of similar words that `search` suggests if nothing is found. */
const mostNear = 5;

/** Returns the command that opens a search result: a lesson's run or an interview question; undefined if there is none. */
const commandOf = ({id, kind, opens}: Findable): Written<'shell'> | undefined => {
  if (opens === undefined) {
    const question = interviewQuestions().find(
      (each) => kind === 'interview' && `interview:${each.id}` === id,
    );
    return question && shell`packet-tutor interview ${shell.text(question.id)}`;
  }
  const {lesson, run, atUs} = opens;
  return shell.join(
    [
      shell`packet-tutor play ${shellFile(lesson)}`,
      ...(run === undefined ? [] : [shell`--run ${shell.text(run)}`]),
      ...(atUs === undefined ? [] : [shell`--at ${shell.text(formatDuration(atUs))}`]),
    ],
    shell` `,
  );
};

export const search: Command = {
  options: [],
  run: async ({positionals}, {language, json}) => {
    const typed = positionals.join(' ').trim();
    if (isTooLong(typed))
      return {...problemOf(queryTooLong, {count: lengthOf(typed), most: mostCharacters}), exit: 2};
    await packs();
    const ranking = findables();
    const results = foundBy(ranking, typed)
      .slice(0, most)
      .map((found) => ({found, open: commandOf(found)}));
    if (results.length === 0) {
      const list = ranking.near(typed).slice(0, mostNear).join(', ');
      if (json) printJson([], 1);
      const problem = list === '' ? problemOf(nothingFound, {typed}) : problemOf(nearFound, {typed, list});
      return {...problem, exit: 1};
    }
    if (json)
      printJson(
        results.map(({found: {id, kind, name, told}, open}) => ({
          id,
          kind,
          title: name[language],
          text: told.map((text) => text[language]).join('\n'),
          open: open ?? null,
        })),
        1,
      );
    else await printText(resultLines(results, ranking.unknown(typed), language));
    return 0;
  },
};
