// The file of answers that `quiz --answers` grades: {"answers": {"ID": "b", "ID2": ["a", "c"], "ID3": 1001}}.

import {nearest} from '../lesson/nearest.ts';
import {placesIn} from '../lesson/places.ts';
import type {Position} from '../lesson/position.ts';
import {type Text, worded} from '../lesson/text.ts';
import {isRecord} from '../sim/canonical-json.ts';
import {err, ok, type Result} from '../wire/result.ts';
import {answerFileSentences} from '../words/catalogue/questions.ts';
import {type GivenAnswer, isGiven} from './grade.ts';
import {jsonFault} from './json-fault.ts';

export type AnswerFileError = {
  readonly message: Text;
  readonly remedy: Text;
  /** The line and column of an error in an answer file; absent if the error concerns no particular place. */
  readonly position?: Position;
};

const example = '{"answers": {"ID": "b"}}';

/** Returns the line and column at which a key or word first occurs in an answer file; an empty object if it does not occur. */
const positionOf = (source: string, word: string): {readonly position?: Position} => {
  const offset = source.indexOf(JSON.stringify(word));
  return offset < 0 ? {} : {position: placesIn(source)(offset)};
};

const notJson = (source: string): AnswerFileError => ({
  message: answerFileSentences.notJson.message,
  remedy: worded(answerFileSentences.notJson.remedy, {example}),
  position: placesIn(source)(Math.max(0, jsonFault(source))),
});

/**
 * Tells whether an answer is a count from the initial number (`+120`). The screen accepts counts; a file does not, because the programs
 * that write it know no initial number.
 */
const isCounted = (value: GivenAnswer): boolean =>
  [value].flat().some((each) => /^\s*[+＋]\s*\d+\s*$/.test(String(each)));

const countedAnswer = (given: string): AnswerFileError => ({
  message: worded(answerFileSentences.countedAnswer.message, {given}),
  remedy: answerFileSentences.countedAnswer.remedy,
});

const parsed = (source: string): Result<unknown, AnswerFileError> => {
  try {
    return ok(JSON.parse(source));
  } catch {
    const bad = notJson(source);
    // A bare `+120` is not JSON; an answer file with one gets a message of its own, not only that it is not JSON.
    const [given] = /^\+\d+/.exec(source.slice(jsonFault(source))) ?? [];
    return err(given === undefined ? bad : {...bad, ...countedAnswer(given)});
  }
};

/**
 * Reads the text of an answer file: returns the answers by the ids of their questions, or the first error. `ids` are those of the sheet.
 */
export const readAnswers = (
  source: string,
  ids: readonly string[],
): Result<ReadonlyMap<string, GivenAnswer>, AnswerFileError> => {
  const file = parsed(source);
  if (!file.ok) return file;
  const answers = isRecord(file.value) ? file.value['answers'] : undefined;
  if (!isRecord(answers)) {
    const message = answerFileSentences.readAnswers.message;
    return err({message, remedy: worded(answerFileSentences.readAnswers.remedy, {example})});
  }
  const read = new Map<string, GivenAnswer>();
  for (const [id, value] of Object.entries(answers)) {
    const place = positionOf(source, id);
    if (!ids.includes(id)) return err({...unknownId(id, ids), ...place});
    if (!isGiven(value)) return err({...badAnswer(id), ...place});
    if (isCounted(value)) return err({...countedAnswer([value].flat().join(' ')), ...place});
    read.set(id, value);
  }
  return ok(read);
};

const unknownId = (id: string, ids: readonly string[]): AnswerFileError => {
  const near = nearest(id, ids);
  const rest = answerFileSentences.unknownId.rest;
  return {
    message: worded(answerFileSentences.unknownId.message, {id}),
    remedy: near ? worded(answerFileSentences.unknownId.remedy, {near, rest}) : rest,
  };
};

const badAnswer = (id: string): AnswerFileError => ({
  message: worded(answerFileSentences.badAnswer.message, {id}),
  remedy: answerFileSentences.badAnswer.remedy,
});
