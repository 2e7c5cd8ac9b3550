// The form of generated challenges: turns drawn values into a lesson file with its sentences, its solution and its near misses.
import {type Message, type Text, worded} from '../../lesson/text.ts';
import type {Draw} from './draw.ts';

type Said<Facts> = Text | Message<Facts>;

/** The sentences that every generated challenge has, as texts or as messages with values to fill in. */
type Sentences<Facts> = {
  readonly title: Said<Facts>;
  readonly task: Said<Facts>;
  /** The line of the challenge's checklist for the event that the learner has to bring about. */
  readonly goal: Said<Facts>;
  readonly hints: {readonly first: Said<Facts>; readonly second: Said<Facts>; readonly third: Said<Facts>};
  readonly learnt: Said<Facts>;
};

/** The keys of a challenge's lesson file that describe its simulation: hosts, links, calls, programs, faults and end. */
export type Ground = {
  readonly topology: object;
  readonly script: readonly object[];
  readonly apps?: readonly object[];
  readonly actors?: readonly object[];
  readonly runs?: object;
  readonly until?: string;
  readonly limit?: string;
};

type Missed = {readonly changes: readonly string[]; readonly when: string; readonly say: Text};

type Plan = {
  readonly level: 1 | 2 | 3;
  readonly goal: object;
  readonly holds?: readonly {readonly that: string; readonly say: Text}[];
  readonly offer: readonly string[];
  readonly uses?: object;
  readonly most?: number;
  readonly solution: readonly string[];
  readonly misses: readonly Missed[];
  /** The id of the lesson that explains what the challenge is about. */
  readonly lesson: string;
};

/** A generated challenge without its id: the title, the simulation and the `challenge` key of its lesson file. */
export type Drawn = {readonly title: Text; readonly ground: Ground; readonly challenge: object};

/**
 * A kind of generated challenges. Makes a challenge from drawn values; undefined if these values give no challenge, and others have to be
 * drawn.
 */
export type Drill = (draw: Draw) => Drawn | undefined;

export const drawn = <Facts>(
  sentences: Sentences<Facts>,
  facts: Facts,
  ground: Ground,
  {goal, solution, ...plan}: Plan,
): Drawn => {
  const say = (sentence: Said<Facts>): Text => worded<Facts>(sentence, facts);
  const {first, second, third} = sentences.hints;
  return {
    title: say(sentences.title),
    ground,
    challenge: {
      ...plan,
      task: say(sentences.task),
      goal: [{event: goal, say: say(sentences.goal)}],
      par: solution.length,
      hints: [first, second, third].map(say),
      solution,
      learnt: say(sentences.learnt),
    },
  };
};

/** Returns the text of a challenge's lesson file: one line for each key, with its value as JSON, which is also YAML. */
export const fileText = (id: string, ground: Ground, rest: object): string =>
  Object.entries({format: 2, id, track: 'challenges', seed: 1, profile: 'linux', ...rest, ...ground})
    .map(([key, value]) => `${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}\n`)
    .join('');
