// Variants of the lessons' runs, simulated: each once, together with the forks that questions ask about.

import type {Lesson, Run} from '../lesson/lesson.ts';
import {scenarioOf} from '../lesson/run-scenario.ts';
import {runVariant} from '../lesson/run-variant.ts';
import {usualEvents} from '../sim/budget.ts';
import type {Fault} from '../sim/fault.ts';
import {formatFault} from '../sim/fault-text.ts';
import type {Scenario, Watch} from '../sim/scenario.ts';
import {simulate} from '../sim/simulate.ts';
import type {Trace} from '../sim/trace.ts';
import type {ProfileName} from '../stack/tcp/settings.ts';
import type {CryptoPort} from '../stack/tls/crypto-port.ts';
import {askedTrack} from './lesson-topic.ts';

/** Which run of a lesson a question is about. */
export type Variant = {
  readonly lesson: Lesson;
  /** As the lesson has it. */
  readonly run: Run;
  readonly seed: number;
  readonly profile: ProfileName;
  readonly faults: readonly Fault[];
};

/** A variant that has happened. */
export type Asked = {
  readonly variant: Variant;
  readonly trace: Trace;
  readonly faults: readonly string[];
  /** The lessons of its track that are asked about, itself among them. */
  readonly track: readonly Lesson[];
  /** The same with one more fault; it ends with the instant of the event for which `isEnough` is true. */
  fork(fault: Fault, isEnough: Watch): Asked;
  /** A run of one of these lessons, as it is written. */
  beside(lesson: Lesson, run: Run): Asked;
};

type Company = {
  /** What TLS computes with; absent where no lesson has it. */
  readonly crypto?: CryptoPort | undefined;
  /** What one run may cost. @default quizEvents */
  readonly mostEvents?: number | undefined;
  /** Those that are asked about together. @default the variant's own */
  readonly lessons?: readonly Lesson[];
};

/** A sheet needs many runs: each may cost a fifth of what a single one may. */
export const quizEvents = usualEvents / 5;

const written = new WeakMap<Lesson, Map<string, Asked>>();

/** Simulated once, whoever asks. */
const asWritten = (lesson: Lesson, run: Run, company: Company): Asked => {
  const known = written.get(lesson) ?? new Map<string, Asked>();
  written.set(lesson, known);
  const {seed, profile} = run;
  const asked = known.get(run.name) ?? happened({lesson, run, seed, profile, faults: []}, company);
  known.set(run.name, asked);
  return asked;
};

/** No later than by itself. */
const endingWith = (scenario: Scenario, isEnough: Watch): Scenario => {
  const {until, limitUs} = scenario;
  const lastUs = until !== 'quiet' && 'atUs' in until ? Math.min(until.atUs, limitUs) : limitUs;
  const watch = (): Watch => {
    const own = until !== 'quiet' && 'watch' in until ? until.watch() : undefined;
    return (event) => own?.(event) === true || isEnough(event);
  };
  return {...scenario, limitUs: lastUs, until: {watch, awaits: 'what is asked about'}};
};

const simulated = (
  {run, ...variant}: Variant,
  {crypto, mostEvents = quizEvents}: Company,
  isEnough?: Watch,
) => {
  const scenario = {...scenarioOf(runVariant(run, variant), crypto), mostEvents};
  const about = {source: variant.lesson.id, run: run.name};
  return simulate(isEnough ? endingWith(scenario, isEnough) : scenario, about);
};

/** `known`: its run, where that was simulated already. */
export const happened = (
  variant: Variant,
  company: Company,
  known: Trace = simulated(variant, company),
): Asked => {
  const forks = new Map<string, Asked>();
  const {lesson} = variant;
  const {lessons = [lesson]} = company;
  return {
    variant,
    trace: known,
    faults: variant.faults.map(formatFault),
    track: lessons.filter((other) => askedTrack(other) === askedTrack(lesson)),
    fork(fault, isEnough) {
      const name = formatFault(fault);
      const before = forks.get(name);
      if (before) return before;
      const forked = {...variant, faults: [...variant.faults, fault]};
      const fork = happened(forked, company, simulated(forked, company, isEnough));
      forks.set(name, fork);
      return fork;
    },
    beside: (other, otherRun) => asWritten(other, otherRun, company),
  };
};
