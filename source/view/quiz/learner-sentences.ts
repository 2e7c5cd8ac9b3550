// Describes the pages of review and progress in sentences for a screen reader: one for each row, then the days and the tracks.
import type {Language} from '../../lesson/text.ts';
import {progressWords} from '../../words/catalogue/progress.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {type LearnerPage, pageRows} from './learner-page.ts';
import {type PageRowOf, rowName, rowSentence} from './page-rows.ts';
import {dayNotes, headWords, isAskedAfresh, trackParts} from './progress-page.ts';

/** The most names in one spoken sentence, because nobody listens to more; the mark leads to the others. */
const mostNames = 12;

const isUnseen = (row: PageRowOf): boolean => row.kind === 'belief' && row.standing === undefined;

const unseenSentences = ({data}: LearnerPage, unseen: readonly PageRowOf[], language: Language): string[] => {
  if (unseen.length === 0) return [];
  const names = unseen.slice(0, mostNames).map((row) => rowName(row, data)[language]);
  const listed = names.join(punctuation.listComma[language]);
  return [
    `${progressWords.unseen[language]({count: unseen.length})}${punctuation.comma[language]}${listed}${unseen.length > mostNames ? '…' : ''}`,
  ];
};

export const learnerSentences = (page: LearnerPage, language: Language): readonly string[] => {
  const {kind, data} = page;
  const own = {...data, language, ascii: false};
  const {title, conditions, begin} = headWords(own, kind, 'beginHere');
  const rows = pageRows(page);
  const comma = punctuation.comma[language];
  const head = [`${title}${comma}${conditions}`, ...(begin === undefined ? [] : [begin])];
  const told = rows.filter((row) => !isUnseen(row)).map((row) => rowSentence(row, data, language));
  if (kind === 'review')
    return [...head, ...told, ...(isAskedAfresh(data.standing) ? [progressWords.fresh[language]] : [])];
  if (data.standing.sinceMs === undefined) return head;
  const days = dayNotes(own);
  const colon = punctuation.colon[language];
  return [
    ...head,
    ...told,
    ...unseenSentences(page, rows.filter(isUnseen), language),
    ...(days.length === 0 ? [] : [`${progressWords.perDay[language]}${colon}${days.join(comma)}`]),
    `${progressWords.tracks[language]}${colon}${trackParts(own).join(comma)}`,
    progressWords.where[language],
  ];
};
