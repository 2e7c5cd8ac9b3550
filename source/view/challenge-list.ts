// Writes the list of challenges as text, by level.
import type {ChallengeSummary} from '../lesson/challenge-summary.ts';
import {type Language, worded} from '../lesson/text.ts';
import {challengeListTexts as say} from '../words/catalogue/challenge-command.ts';
import {levelNeeds, sortLabels} from '../words/catalogue/challenge-page.ts';
import {padEnd, textWidth} from '../words/width.ts';

/** The ids of the challenges that the learner has solved, and the mark that the list shows before their titles. */
type Solved = {readonly mark: string; readonly solved: ReadonlySet<string>};

export const challengeList = (
  challenges: readonly ChallengeSummary[],
  language: Language,
  {mark, solved}: Solved,
): readonly string[] => {
  const widest = Math.max(...challenges.map(({id}) => id.length));
  const columns = Math.max(...Object.values(sortLabels).map((label) => textWidth(label[language])));
  return ([1, 2, 3] as const).flatMap((level) => {
    const here = challenges.filter((each) => each.level === level);
    if (here.length === 0) return [];
    const rows = here.map(({id, sort, par, title}) => {
      const name = padEnd(sortLabels[sort][language], columns);
      const moves = say.par[language]({par});
      return `${solved.has(id) ? mark : ' '} ${id.padEnd(widest)}  ${name}  ${moves}  ${title[language]}`;
    });
    return [worded(say.level, {level, needs: levelNeeds[level]})[language], ...rows];
  });
};
