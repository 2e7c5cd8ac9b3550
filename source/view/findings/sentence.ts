// Returns the sentence of a finding, and the finding as JSON.
import {type Language, madeOf, sameIn, type Text, worded} from '../../lesson/text.ts';
import type {Json, JsonObject} from '../../observe/json-value.ts';
import {connectionOf, type Finding} from '../../verdict/finding.ts';
import {type FindingId, findingTable} from '../../verdict/ids.ts';
import {briefTexts, guessTexts} from '../../words/catalogue/findings.ts';
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

/** The words for the two ends in a sentence, and what stands for an end that is only guessed to be one of them. */
const ends = {
  en: {client: /\b[Tt]he client\b/, server: /\b[Tt]he server\b/},
  zh: {client: /客户端/, server: /服务器/},
} as const;

/** Returns a sentence that says, where it first names an end, that which end it is was guessed. */
const asGuess = (text: Text, {client, server}: NonNullable<Finding['guessed']>): Text =>
  madeOf([text], (language) =>
    text[language]
      .replace(ends[language].client, () => worded(guessTexts.client, {end: client})[language])
      .replace(ends[language].server, () => worded(guessTexts.server, {end: server})[language]),
  );

export const sentenceOf = (finding: Finding): Text => {
  const text = written(finding.id, finding);
  return finding.guessed ? asGuess(text, finding.guessed) : text;
};

const numbersIn = (facts: object): Readonly<Record<string, number>> => {
  const numbers: Record<string, number> = {};
  for (const [name, fact] of Object.entries(facts)) if (typeof fact === 'number') numbers[name] = fact;
  return numbers;
};

export const findingJson = (finding: Finding, language: Language): JsonObject => {
  const {id, level, certainty, about, where, costUs, frames, facts, rivals} = finding;
  const {rfc, lesson, run} = findingTable[id];
  const connection = connectionOf(finding);
  const json: {[name: string]: Json} = {id, level, certainty, about};
  if (connection !== undefined) json['connection'] = connection;
  json['where'] = where;
  if (costUs !== undefined) json['seconds'] = costUs / 1e6;
  json['frames'] = frames;
  json['numbers'] = numbersIn(facts);
  json['rivals'] = rivals;
  json['text'] = sentenceOf(finding)[language];
  if (rfc !== undefined) json['rfc'] = rfc;
  if (lesson !== undefined) json['lesson'] = lesson;
  if (run !== undefined) json['run'] = run;
  return json;
};

/** Returns the most important finding on a conversation as JSON; `fine` if there is none. */
export const verdictJson = (verdict: Finding | undefined) => {
  if (!verdict) return {id: 'fine'} as const;
  const {id, level, where, costUs} = verdict;
  return {id, level, where, ...(costUs !== undefined && {seconds: costUs / 1e6})};
};
