// Variants of the lessons' runs, simulated: each once, together with the forks that questions ask about.
import type {Fault} from '../../sim/fault.ts';
import {formatFault} from '../../sim/fault-text.ts';
import {simulate} from '../../sim/simulate.ts';
import type {Trace} from '../../sim/trace.ts';
import type {ProfileName} from '../../stack/tcp/settings.ts';
import type {CryptoPort} from '../../stack/tls/crypto-port.ts';
import type {Lesson, Run} from '../lesson.ts';
import {scenarioOf} from '../run-scenario.ts';
import {runVariant} from '../run-variant.ts';

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
  /** The same with one more fault. */
  fork(fault: Fault): Asked;
};

/** `crypto`: what TLS computes with; absent where no lesson has it. */
export const happened = (variant: Variant, crypto?: CryptoPort): Asked => {
  const forks = new Map<string, Asked>();
  const {lesson, run} = variant;
  const about = {source: lesson.id, sourceDigest: lesson.digest, run: run.name};
  return {
    variant,
    trace: simulate(scenarioOf(runVariant(run, variant), crypto), about),
    faults: variant.faults.map(formatFault),
    fork(fault) {
      const name = formatFault(fault);
      const before = forks.get(name);
      if (before) return before;
      const fork = happened({...variant, faults: [...variant.faults, fault]}, crypto);
      forks.set(name, fork);
      return fork;
    },
  };
};
