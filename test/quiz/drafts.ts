// Questions before they are shuffled, a line each: `#9 c+102 | c+101=ack-is-last-byte-received, …` is asked about packet 9, with its
// right answer, and what is wrong and which belief that shows. `c` and `s` stand for the two initial sequence numbers.
import {basename, join} from 'node:path';
import {lessonFiles, readLesson} from '../../scripts/lesson-files.ts';
import {nodeCrypto} from '../../source/io/crypto.ts';
import type {Draft, Option} from '../../source/quiz/draft.ts';
import type {Draw} from '../../source/quiz/draw.ts';
import {generators} from '../../source/quiz/generators.ts';
import type {QuestionKind} from '../../source/quiz/kinds.ts';
import {segmentsOf} from '../../source/quiz/segments.ts';
import {runsOf} from '../../source/quiz/sheet.ts';
import {type Asked, happened} from '../../source/quiz/variant.ts';
import {root} from '../helpers/root.ts';

const known = new Map<string, Asked>();

/** `teardown`, or `handshake-loss/third`. */
export const about = (name: string): Asked => {
  const asked = known.get(name) ?? askedOf(name);
  known.set(name, asked);
  return asked;
};

const askedOf = (name: string): Asked => {
  const [id, of] = name.split('/');
  const file = lessonFiles(join(root, 'lessons')).find((each) => basename(each) === `${id}.yaml`);
  const read = file === undefined ? undefined : readLesson(file, file.slice(root.length));
  const lesson = read?.ok ? read.value : undefined;
  const run = lesson && runsOf(lesson).find((each) => of === undefined || each.name === of);
  if (!lesson || !run) throw new Error(`no run ${name}`);
  const company = {crypto: nodeCrypto, lessons: [lesson], mostEvents: undefined};
  return happened({lesson, run, seed: 2, profile: run.profile, faults: []}, company);
};

/** Always the same of each list: the first, or the second where there is one. */
export const drawing = (index: number): Draw => ({
  below: (_, count) => Math.min(index, count - 1),
  one: (_, list) => list[Math.min(index, list.length - 1)],
  shuffled: (_, list) => list,
  within: () => drawing(index),
});

/** Choices, and the first of what is asked about by turns. */
const plain: Draw = {...drawing(0), below: () => 1};

export const draftsOf = (asked: Asked, kind: QuestionKind, draw = plain): readonly Draft[] => {
  const generator = generators.find((each) => each.kind === kind);
  return (generator?.places(asked) ?? []).flatMap((place) => generator?.ask(asked, place, draw) ?? []);
};

const counted = (asked: Asked): ((value: string | number) => string) => {
  const [client, server] = ['SYN', 'ACK'].map((_, index) => {
    const flows = [...new Set(segmentsOf(asked.trace).sent.map(({flow}) => flow))];
    return segmentsOf(asked.trace).sent.find(({flow}) => flow === flows[index])?.segment.seq;
  });
  return (value) => {
    const number = Number(value);
    for (const [letter, isn] of [
      ['c', client],
      ['s', server],
    ] as const)
      if (isn !== undefined && isn > 0 && number >= isn - 1 && number < isn + 20_000)
        return `${letter}+${number - isn}`;
    return String(value);
  };
};

const optionText = (said: ReturnType<typeof counted>, option: Option | Draft['right']): string => {
  if (Array.isArray(option)) return option.map((each) => optionText(said, each)).join(',');
  if (typeof option === 'number') return said(option);
  if (!('value' in option)) return '';
  return `${said(option.value)}${option.misconception === undefined ? '' : `=${option.misconception}`}`;
};

export const lineOf = (asked: Asked, draft: Draft): string => {
  const said = counted(asked);
  const wrong = 'wrong' in draft ? draft.wrong : [];
  const others = wrong.map(({value, misconception}) => {
    const text = said(value);
    return misconception === undefined ? text : `${text}=${misconception}`;
  });
  return `#${draft.evidence.packet} ${optionText(said, draft.right)}${others.length > 0 ? ` | ${others.join(', ')}` : ''}`;
};

export const linesOf = (asked: Asked, kind: QuestionKind, draw = plain): readonly string[] =>
  draftsOf(asked, kind, draw).map((draft) => lineOf(asked, draft));
