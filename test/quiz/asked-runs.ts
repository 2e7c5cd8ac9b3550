// Runs to ask about, and what is right at every place of one, a line each: `#9 c+102` is asked about packet 9. `c` and `s` stand for
// the two initial sequence numbers.
import {nodeCrypto} from '../../source/io/crypto.ts';
import {generators} from '../../source/quiz/generators.ts';
import type {AnyKind, Candidate} from '../../source/quiz/kind.ts';
import type {QuestionKind} from '../../source/quiz/kinds.ts';
import type {Question} from '../../source/quiz/question.ts';
import {segmentsOf} from '../../source/quiz/segments.ts';
import {runsOf} from '../../source/quiz/sheet.ts';
import {type Asked, happened} from '../../source/quiz/variant.ts';
import {lessonNamed} from '../helpers/all-runs.ts';

const known = new Map<string, Asked>();

/** `teardown`, or `handshake-loss/third`. */
export const about = (name: string): Asked => {
  const asked = known.get(name) ?? askedOf(name);
  known.set(name, asked);
  return asked;
};

const askedOf = (name: string): Asked => {
  const [id, of] = name.split('/');
  const lesson = lessonNamed(id ?? name);
  const run = runsOf(lesson).find((each) => of === undefined || each.name === of);
  if (!run) throw new Error(`no run ${name}`);
  const company = {crypto: nodeCrypto, lessons: [lesson], mostEvents: undefined};
  return happened({lesson, run, seed: 2, profile: run.profile, faults: []}, company);
};

export const kindNamed = (name: QuestionKind): AnyKind => {
  const kind = generators.find((each) => each.kind === name);
  if (!kind) throw new Error(`no kind ${name}`);
  return kind;
};

export const candidatesOf = (asked: Asked, name: QuestionKind): readonly Candidate[] => {
  const kind = kindNamed(name);
  return kind.places(asked).map((place) => kind.candidate(asked, place));
};

export const questionsOf = (asked: Asked, name: QuestionKind): readonly Question[] =>
  candidatesOf(asked, name).flatMap((each) => ('question' in each ? [each.question] : []));

const counted = (asked: Asked): ((value: string) => string) => {
  const flows = [...new Set(segmentsOf(asked.trace).sent.map(({flow}) => flow))];
  const first = flows.map((own) => segmentsOf(asked.trace).sent.find(({flow}) => flow === own)?.segment.seq);
  return (value) => {
    const number = Number(value);
    for (const [index, letter] of ['c', 's'].entries()) {
      const isn = first[index];
      if (isn !== undefined && isn > 0 && number >= isn - 1 && number < isn + 20_000)
        return `${letter}+${number - isn}`;
    }
    return value;
  };
};

const rightOf = ({choices, answer}: Question): readonly string[] => {
  const ids = typeof answer === 'object' ? answer : [String(answer)];
  return ids.map((id) => choices.find((each) => each.id === id)?.value ?? id);
};

export const rightsOf = (asked: Asked, kind: QuestionKind): readonly string[] =>
  questionsOf(asked, kind).map(
    (question) => `#${question.evidence.packet} ${rightOf(question).map(counted(asked)).join()}`,
  );

/** What beliefs answer where it is asked about that packet, in the order in which they stand; `+` joins several. */
export const believedAt = (asked: Asked, kind: QuestionKind, packet: number): string => {
  const found = candidatesOf(asked, kind).find(
    (each) => 'question' in each && each.question.evidence.packet === packet,
  );
  const answers = found?.told?.believed() ?? [];
  return answers
    .map((answer) => (typeof answer === 'string' ? [answer] : answer).map(counted(asked)).join('+'))
    .join(' ');
};
