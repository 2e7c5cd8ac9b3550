// The file of answers that `quiz --answers` grades: {"answers": {"ID": "b", "ID2": ["a", "c"], "ID3": 1001}}.

import {nearest} from '../lesson/nearest.ts';
import {placesIn} from '../lesson/places.ts';
import type {Position} from '../lesson/position.ts';
import {text} from '../lesson/problem.ts';
import type {Text} from '../lesson/text.ts';
import {err, ok, type Result} from '../wire/result.ts';
import type {GivenAnswer} from './grade.ts';
import {jsonFault} from './json-fault.ts';

export type AnswerFileError = {
  readonly message: Text;
  readonly remedy: Text;
  /** Absent where nothing in the file can be pointed at. */
  readonly position?: Position;
};

const example = '{"answers": {"ID": "b"}}';

/** Where a key or a word stands; the first time will do. */
const placeOf = (source: string, word: string): {readonly position?: Position} => {
  const offset = source.indexOf(JSON.stringify(word));
  return offset < 0 ? {} : {position: placesIn(source)(offset)};
};

const notJson = (source: string): AnswerFileError => ({
  message: text('this is no JSON', '不是合法的 JSON'),
  remedy: text(`the form is ${example}`, `格式是 ${example}`),
  position: placesIn(source)(Math.max(0, jsonFault(source))),
});

const isObject = (value: unknown): value is {readonly [key: string]: unknown} =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isWords = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string');

const isGiven = (value: unknown): value is GivenAnswer =>
  typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value)) || isWords(value);

const parsed = (source: string): Result<unknown, AnswerFileError> => {
  try {
    return ok(JSON.parse(source));
  } catch {
    return err(notJson(source));
  }
};

/** `ids`: the questions of the sheet. */
export const readAnswers = (
  source: string,
  ids: readonly string[],
): Result<ReadonlyMap<string, GivenAnswer>, AnswerFileError> => {
  const file = parsed(source);
  if (!file.ok) return file;
  const answers = isObject(file.value) ? file.value['answers'] : undefined;
  if (!isObject(answers)) {
    const message = text('the file has no answers', '文件里没有 answers');
    return err({message, remedy: text(`the form is ${example}`, `格式是 ${example}`)});
  }
  const read = new Map<string, GivenAnswer>();
  for (const [id, value] of Object.entries(answers)) {
    const place = placeOf(source, id);
    if (!ids.includes(id)) return err({...unknownId(id, ids), ...place});
    if (!isGiven(value)) return err({...badAnswer(id), ...place});
    read.set(id, value);
  }
  return ok(read);
};

const unknownId = (id: string, ids: readonly string[]): AnswerFileError => {
  const near = nearest(id, ids);
  const rest = text(
    'the answers belong to the sheet of the same --seed, --count and lessons',
    '答案要和出题时的 --seed、--count、课程一致',
  );
  return {
    message: text(`no question “${id}” on this sheet`, `这份题里没有「${id}」`),
    remedy: near ? text(`did you mean ${near}? ${rest.en}`, `是不是 ${near}？${rest.zh}`) : rest,
  };
};

const badAnswer = (id: string): AnswerFileError => ({
  message: text(`the answer to ${id} is neither text, number nor list`, `${id} 的答案不是文字、数字或列表`),
  remedy: text('write "b", 1001 or ["a", "c"]', '写成 "b"、1001 或 ["a", "c"]'),
});
