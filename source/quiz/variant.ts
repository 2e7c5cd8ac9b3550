// Simulates variants of the lessons' runs for quiz questions, together with the forks and other runs that questions compare with, each only
// once.

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

/** The lesson's run that quiz questions are about, with the seed, profile and faults that it is simulated with. */
export type Variant = {
  readonly lesson: Lesson;
  /** The run as the lesson file describes it, without the changes of this variant. */
  readonly run: Run;
  readonly seed: number;
  readonly profile: ProfileName;
  readonly faults: readonly Fault[];
};

/** A simulated variant of a run, about which quiz questions are made. */
export type Asked = {
  readonly variant: Variant;
  readonly trace: Trace;
  readonly faults: readonly string[];
  /** The lessons of the variant's track among those asked about, including the variant's own lesson. */
  readonly track: readonly Lesson[];
  /** Returns the same run with one more fault, simulated until the instant of the first event for which `isEnough` is true. */
  fork(fault: Fault, isEnough: Watch): Asked;
  /** Returns another run of one of these lessons, simulated with its own seed and profile and without faults. */
  beside(lesson: Lesson, run: Run): Asked;
};

type Company = {
  /** The cryptography with which TLS is simulated; absent if no lesson uses TLS. */
  readonly crypto?: CryptoPort | undefined;
  /** The most events of a simulated run; it ends there. @default quizEvents */
  readonly mostEvents?: number | undefined;
  /** The lessons that the quiz asks about together. @default the variant's own */
  readonly lessons?: readonly Lesson[];
};

/** The most events of a run simulated for the quiz: it needs many runs, so each may have a fifth of the usual number. */
export const quizEvents = usualEvents / 5;

const written = new WeakMap<Lesson, Map<string, Asked>>();

/** Returns a lesson's run simulated with its own seed and profile and without faults; each run is simulated only once per lesson. */
const asWritten = (lesson: Lesson, run: Run, company: Company): Asked => {
  const known = written.get(lesson) ?? new Map<string, Asked>();
  written.set(lesson, known);
  const {seed, profile} = run;
  const asked = known.get(run.name) ?? happened({lesson, run, seed, profile, faults: []}, company);
  known.set(run.name, asked);
  return asked;
};

/** Returns the scenario with an earlier end: at the first event for which `isEnough` is true, but no later than it would end by itself. */
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

/** Simulates a variant of a run for quiz questions; `known` is its trace, if it was simulated already. */
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
