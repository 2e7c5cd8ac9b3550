// Describes the pages of review and progress in sentences for a screen reader: one for each row, then the days and the tracks.
import type {Language} from '../../lesson/text.ts';
import {progressWords} from '../../words/catalogue/progress.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {type LearnerPage, pageRows} from './learner-page.ts';
import {rowSentence} from './page-rows.ts';
import {challengeTold, dayNotes, headWords, isAskedAfresh, trackParts} from './progress-page.ts';

export const learnerSentences = (page: LearnerPage, language: Language): readonly string[] => {
  const {kind, data} = page;
  const own = {...data, language, ascii: false};
  const {title, conditions} = headWords(own, kind);
  const rows = pageRows(page);
  const comma = punctuation.comma[language];
  const head = [`${title}${comma}${conditions}`];
  const told = rows.map((row) => rowSentence(row, data, language));
  if (kind === 'review')
    return [...head, ...told, ...(isAskedAfresh(data.standing) ? [progressWords.fresh[language]] : [])];
  if (data.standing.sinceMs === undefined) return head;
  const days = dayNotes(own);
  const colon = punctuation.colon[language];
  return [
    ...head,
    ...told,
    ...(days.length === 0 ? [] : [`${progressWords.perDay[language]}${colon}${days.join(comma)}`]),
    `${progressWords.tracks[language]}${colon}${trackParts(own).join(comma)}`,
    ...challengeTold(own),
    progressWords.where[language],
  ];
};
