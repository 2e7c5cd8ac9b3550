// Returns the sentence of a finding, and the finding as JSON.
import {type Language, sameIn, type Text} from '../../lesson/text.ts';
import {connectionOf, type Finding} from '../../verdict/finding.ts';
import {type FindingId, findingTable} from '../../verdict/ids.ts';
import {briefTexts} from '../../words/catalogue/findings.ts';
import {captureWriters} from './capture.ts';
import {carryingWriters} from './carrying.ts';
import {endingWriters} from './ending.ts';
import {messagesWriters} from './messages.ts';
import {namesWriters} from './names.ts';
import {networkWriters} from './network.ts';
import {openingWriters} from './opening.ts';
import type {Writers} from './writers.ts';

const writers: Partial<Writers<FindingId>> = {
  ...openingWriters,
  ...carryingWriters,
  ...endingWriters,
  ...namesWriters,
  ...messagesWriters,
  ...networkWriters,
  ...captureWriters,
};

const written = <Id extends FindingId>(id: Id, finding: Finding<Id>): Text =>
  writers[id]?.(finding) ?? sameIn(id);

/** Returns the name of a kind of finding in a word or two, for tables. */
export const briefOf = (id: FindingId): Text => briefTexts[id];

export const sentenceOf = (finding: Finding): Text => written(finding.id, finding);

const isNumber = (entry: readonly [string, unknown]): entry is [string, number] =>
  typeof entry[1] === 'number';

export const findingJson = (finding: Finding, language: Language) => {
  const {id, level, certainty, about, where, costUs, frames, facts, rivals} = finding;
  const {rfc, lesson, run} = findingTable[id];
  const connection = connectionOf(finding);
  return {
    ...{id, level, certainty, about},
    ...(connection !== undefined && {connection}),
    where,
    ...(costUs !== undefined && {seconds: costUs / 1e6}),
    frames,
    numbers: Object.fromEntries(Object.entries(facts).filter(isNumber)),
    rivals,
    text: sentenceOf(finding)[language],
    ...(rfc !== undefined && {rfc}),
    ...(lesson !== undefined && {lesson}),
    ...(run !== undefined && {run}),
  };
};

/** Returns the most important finding on a conversation as JSON; `fine` if there is none. */
export const verdictJson = (verdict: Finding | undefined) => {
  if (!verdict) return {id: 'fine'} as const;
  const {id, level, where, costUs} = verdict;
  return {id, level, where, ...(costUs !== undefined && {seconds: costUs / 1e6})};
};
