// The shape of a lesson file: keys and kinds of values. The compiler checks what they mean together.

import * as z from 'zod/mini';
import {oncePer} from '../wire/once-per.ts';
import {facets, printed} from './facets.ts';
import {moveKinds} from './move.ts';
import {kindNames, subjectWords} from './question-kinds.ts';
import {
  boolean,
  clause,
  duration,
  expects,
  expression,
  host,
  identifier,
  letter,
  list,
  mostHosts,
  named,
  positive,
  profile,
  rfc,
  seqNumber,
  string,
  text,
  timed,
  translations,
  whole,
} from './scalars.ts';
import {actorSchemaOf, appSchemaOf, causeSchemaOf, faultSchema, selectorSchemaOf} from './schema-script.ts';
import {topologySchema} from './schema-topology.ts';
import {challengeTrack, sorts, tracks} from './tracks.ts';
import type {Vocabulary} from './vocabulary.ts';

/** The most entries in the lists of a lesson file. A flood is one cause that repeats, not a thousand causes. */
const mostCauses = 1000;
const mostFaults = 500;
const mostRuns = 50;
const mostBeats = 250;

const changesOf = (vocabulary: Vocabulary) => {
  const script = list(causeSchemaOf(vocabulary), mostCauses);
  const overrides = Object.keys(vocabulary.overrides);
  const setting = z.union([z.string(), z.number(), z.boolean()], expects('setting'));
  const untilText = timed(/^(quiet|\d{1,9}(\.\d{1,6})?(us|ms|s|m|h))$/, 'until');
  return {
    profile: z.optional(profile),
    seed: z.optional(seqNumber),
    faults: z.optional(list(faultSchema, mostFaults)),
    set: z.optional(named(setting, mostHosts)),
    script: z.optional(script),
    add: z.optional(script),
    apps: z.optional(list(appSchemaOf(vocabulary), mostHosts)),
    actors: z.optional(list(actorSchemaOf(vocabulary), mostHosts)),
    notTcp: z.optional(z.strictObject(Object.fromEntries(overrides.map((word) => [word, flagSet])))),
    until: z.optional(z.union([untilText, selectorSchemaOf(vocabulary)], expects('until'))),
    limit: z.optional(duration),
  };
};

const flagSet = z.optional(z.literal(true, expects('true')));

const distractor = z.strictObject({
  value: z.optional(expression),
  text: z.optional(translations),
  misconception: z.optional(identifier),
  why: z.optional(translations),
});

const choice = z.strictObject({
  text: translations,
  correct: z.optional(boolean),
  misconception: z.optional(identifier),
  why: z.optional(translations),
});

/** The schema of an invitation: the keys that a beat asks the learner to press, and how the program sees that they were pressed. */
const invitation = z.strictObject({
  keys: z
    .array(string)
    .check(z.minLength(1, expects('invited keys')), z.maxLength(12, expects('invited keys'))),
  opens: z.optional(string),
  met: z.optional(expression),
  leads: z.optional(identifier),
});

const speaks = z.optional(z.array(z.enum(facets)));

const beatOf = (vocabulary: Vocabulary) => {
  const selector = selectorSchemaOf(vocabulary);
  return z.strictObject({
    run: z.optional(identifier),
    when: z.optional(selector),
    before: z.optional(selector),
    panels: z.optional(z.array(string)),
    show: z.optional(z.array(string)),
    shows: z.optional(z.array(string)),
    say: z.optional(translations),
    note: z.optional(translations),
    myth: z.optional(identifier),
    card: z.optional(identifier),
    link: z.optional(identifier),
    ask: z.optional(translations),
    hint: z.optional(translations),
    answer: z.optional(expression),
    asks: z.optional(z.array(string)),
    distractors: z.optional(
      z
        .array(distractor)
        .check(z.minLength(1, expects('distractors')), z.maxLength(4, expects('distractors'))),
    ),
    choices: z.optional(
      z.array(choice).check(z.minLength(2, expects('choices')), z.maxLength(5, expects('choices'))),
    ),
    explain: z.optional(translations),
    rfc: z.optional(clause),
    goal: z.optional(positive),
    quiz: z.optional(z.enum(['alone', 'never'])),
    prints: z.optional(z.array(z.enum(printed))),
    holds: z.optional(string),
    as: z.optional(identifier),
    leans: z.optional(z.array(identifier)),
    speaks,
    invites: z.optional(invitation),
  });
};

/** The schema of a question that only the quiz asks: a beat without the keys that only a story uses. */
const questionOf = (vocabulary: Vocabulary) =>
  z.omit(beatOf(vocabulary), {
    say: true,
    note: true,
    myth: true,
    card: true,
    link: true,
    goal: true,
    quiz: true,
    panels: true,
    show: true,
    shows: true,
    as: true,
    leans: true,
    speaks: true,
    invites: true,
  });

const whatIfOf = (vocabulary: Vocabulary) => {
  const {faults, set, script, until, notTcp, apps, actors} = changesOf(vocabulary);
  return z.strictObject({
    id: z.optional(identifier),
    was: z.optional(identifier),
    title: text,
    say: z.optional(translations),
    speaks,
    run: z.optional(identifier),
    ...{faults, set, script, until, notTcp, apps, actors},
    expect: z.optional(list(selectorSchemaOf(vocabulary), mostBeats)),
    checks: z.optional(list(z.strictObject({that: string, because: z.optional(string)}), mostBeats)),
  });
};

/** The most moves in a list of a challenge file: a solution or a near miss. */
const mostMoves = 50;

/** The schema of an event in a challenge's goal: a selector alone, or with its line of the checklist. */
const goalOf = (vocabulary: Vocabulary) => {
  const selector = selectorSchemaOf(vocabulary);
  // The mapping comes first, because problems of an entry that fits neither are told as for the first branch.
  return z.union([z.strictObject({event: selector, say: text}), selector]);
};

/**
 * The schema of a challenge: the goal of the learner's own run, the moves on offer, and the moves that solve it or nearly do. In a file of
 * the challenge track more of these keys are required (challenge.ts).
 */
const challengeOf = (vocabulary: Vocabulary) =>
  z.strictObject({
    sort: z.optional(z.enum(sorts)),
    level: z.optional(z.literal([1, 2, 3], expects('level'))),
    task: z.optional(text),
    goal: list(goalOf(vocabulary), mostBeats).check(z.minLength(1, expects('goal'))),
    holds: z.optional(list(z.strictObject({that: string, say: text}), mostBeats)),
    offer: z.array(string).check(z.minLength(1, expects('offer'))),
    uses: z.optional(z.partialRecord(z.enum(moveKinds), positive)),
    most: z.optional(positive),
    par: positive,
    hints: z.optional(z.array(text)),
    solution: z.optional(list(string, mostMoves)),
    misses: z.optional(
      list(z.strictObject({changes: list(string, mostMoves), when: string, say: translations}), mostRuns),
    ),
    learnt: z.optional(text),
    lesson: z.optional(identifier),
    stack: z.optional(z.strictObject({host, from: z.optional(positive)})),
  });

/** The most goals of a lesson, so that they fit on its opening page. */
const mostGoals = 4;

const opening = z.strictObject({
  before: text,
  hosts: named(text, mostHosts),
  goals: list(text, mostGoals).check(z.minLength(1, expects('goals'))),
});

const check = z.strictObject({that: string, because: string, run: z.optional(identifier)});

const kind = z.enum(Object.keys(kindNames));
const subjectWord = z.enum(subjectWords);
const naming = z.array(z.union([subjectWord, z.array(subjectWord)]));

const lessonOf = (vocabulary: Vocabulary) => {
  const changes = changesOf(vocabulary);
  const run = z.strictObject({letter: z.optional(letter), title: z.optional(text), ...changes});
  return z.strictObject({
    format: z.literal([1, 2], expects('format')),
    id: identifier,
    title: text,
    summary: text,
    track: z.enum([...tracks, challengeTrack]),
    minutes: whole(1, 60, 'minutes'),
    requires: z.optional(z.array(identifier)),
    opening: z.optional(opening),
    rfc: z.array(rfc).check(z.minLength(1, expects('rfc list'))),
    seed: z.optional(seqNumber),
    profile: changes.profile,
    topology: z.optional(topologySchema),
    apps: changes.apps,
    actors: changes.actors,
    script: list(causeSchemaOf(vocabulary), mostCauses).check(z.minLength(1, expects('script'))),
    until: changes.until,
    limit: changes.limit,
    runs: z.optional(named(z.nullable(run), mostRuns)),
    constants: z.optional(z.array(string)),
    kinds: z.optional(z.array(kind)),
    about: z.optional(naming),
    aboutKinds: z.optional(z.partialRecord(kind, naming)),
    askedRuns: z.optional(z.array(identifier)),
    shows: z.optional(z.array(string)),
    packets: z.optional(named(selectorSchemaOf(vocabulary), mostBeats)),
    together: z.optional(z.array(identifier).check(z.minLength(2, expects('together')))),
    beats: list(beatOf(vocabulary), mostBeats).check(z.minLength(1, expects('beats'))),
    questions: z.optional(
      list(questionOf(vocabulary), mostBeats).check(z.minLength(1, expects('questions'))),
    ),
    challenge: z.optional(challengeOf(vocabulary)),
    checks: z.optional(list(check, mostBeats)),
    whatIf: z.optional(list(whatIfOf(vocabulary), mostRuns)),
  });
};

const challengeFileOf = (lesson: ReturnType<typeof lessonOf>) =>
  z.partial(lesson, {summary: true, minutes: true, rfc: true, beats: true});

type Schemas = {
  readonly lesson: ReturnType<typeof lessonOf>;
  /** The schema of files of the challenge track, which may omit `summary`, `minutes`, `rfc` and `beats`. */
  readonly challenge: ReturnType<typeof challengeFileOf>;
  readonly selector: ReturnType<typeof selectorSchemaOf>;
};

/** Returns the schemas of lesson files, made once for each vocabulary: the program has one, tests have their own. */
export const schemasOf = oncePer((vocabulary: Vocabulary): Schemas => {
  const lesson = lessonOf(vocabulary);
  return {lesson, challenge: challengeFileOf(lesson), selector: selectorSchemaOf(vocabulary)};
});

export type LessonFile = z.infer<Schemas['lesson']>;
export type ChallengeLessonFile = z.infer<Schemas['challenge']>;
export type RunFile = NonNullable<NonNullable<LessonFile['runs']>[string]>;
export type BeatFile = LessonFile['beats'][number];
export type QuestionFile = NonNullable<LessonFile['questions']>[number];
export type WhatIfFile = NonNullable<LessonFile['whatIf']>[number];
export type ChallengeFile = NonNullable<LessonFile['challenge']>;
export type TextFile = z.infer<typeof translations>;
