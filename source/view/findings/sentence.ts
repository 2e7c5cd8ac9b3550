// Returns the sentence of a finding, and the finding as JSON.
import {type Language, madeOf, sameIn, type Text, worded} from '../../lesson/text.ts';
import type {Json, JsonObject} from '../../observe/json-value.ts';
import type {Evidence} from '../../verdict/evidence.ts';
import {connectionOf, type Finding} from '../../verdict/finding.ts';
import {type FindingId, findingTable} from '../../verdict/ids.ts';
import {spanOf} from '../../verdict/lasted.ts';
import {nextOf} from '../../verdict/next.ts';
import {hostOf, type Parties, partiesOf} from '../../verdict/parties.ts';
import {briefTexts, guessTexts} from '../../words/catalogue/findings.ts';
import {captureWriters} from './capture.ts';
import {carryingWriters} from './carrying.ts';
import {endingWriters} from './ending.ts';
import {messagesWriters} from './messages.ts';
import {namesWriters} from './names.ts';
import {networkWriters} from './network.ts';
import {nextText} from './next.ts';
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

/** Tells whether the sentence of a kind of finding says that a connection did not open, or how it ended. */
export const tellsEnd = (id: FindingId): boolean => id in endingWriters || id in openingWriters;

const written = <Id extends FindingId>(id: Id, finding: Finding<Id>): Text =>
  writers[id]?.(finding) ?? sameIn(id);

/** Returns the name of a kind of finding in a word or two, for tables. */
export const briefOf = (id: FindingId): Text => briefTexts[id];

/** Returns a sentence that says, where it first names an end, that which end it is was guessed. */
const asGuess = (text: Text, guessed: NonNullable<Finding['guessed']>): Text =>
  madeOf([text], (language) =>
    (['client', 'server'] as const).reduce(
      (sentence, role) =>
        sentence.replace(
          new RegExp(guessTexts.names[role][language], 'i'),
          () => worded(guessTexts[role], {end: guessed[role]})[language],
        ),
      text[language],
    ),
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

/** Returns who is to be asked, with the address if it is known. */
const whomJson = (finding: Finding, parties: Parties): JsonObject => ({
  where: finding.where,
  ...hostOf(finding, parties),
});

export const findingJson = (finding: Finding, evidence: Evidence, language: Language): JsonObject => {
  const {id, level, certainty, about, costUs, frames, facts, rivals} = finding;
  const parties = partiesOf(evidence, finding);
  const {rfc, lesson, run} = findingTable[id];
  const connection = connectionOf(finding);
  const json: {[name: string]: Json} = {id, level, certainty, about};
  if (connection !== undefined) json['connection'] = connection;
  Object.assign(json, whomJson(finding, parties));
  if (costUs !== undefined) json['seconds'] = costUs / 1e6;
  Object.assign(json, spanOf(evidence, finding));
  json['frames'] = frames;
  json['numbers'] = numbersIn(facts);
  json['rivals'] = rivals;
  json['text'] = sentenceOf(finding)[language];
  json['next'] = {id: nextOf(finding), text: nextText(finding, parties)[language]};
  if (rfc !== undefined) json['rfc'] = rfc;
  if (lesson !== undefined) json['lesson'] = lesson;
  if (run !== undefined) json['run'] = run;
  return json;
};

/** Returns a verdict as JSON: what it says of a connection or a conversation; `fine` if there is nothing wrong. */
export const verdictJson = (verdict: Finding | undefined, evidence: Evidence): JsonObject => {
  if (!verdict) return {id: 'fine'};
  const {id, level, costUs} = verdict;
  const whom = whomJson(verdict, partiesOf(evidence, verdict));
  return {id, level, ...whom, ...(costUs !== undefined && {seconds: costUs / 1e6})};
};
