// Which rules caused something in the runs that tests make: kept once somebody asks (`test/stack/rules-act.all.test.ts`).
import type {Trace} from '../../source/sim/trace.ts';

import {ruleOf} from '../../source/stack/reason.ts';

const isReason = (because: unknown): because is {readonly rule: string} =>
  typeof because === 'object' && because !== null && 'rule' in because && typeof because.rule === 'string';

let rules: Set<string> | undefined;

/** From now on; the set grows. */
export const keepActed = (): ReadonlySet<string> => {
  rules ??= new Set();
  return rules;
};

export const forgetActed = (): void => {
  rules = undefined;
};

/** Some effects and events have a rule in `because`. */
export const acted = (...effects: readonly object[]): void => {
  if (rules === undefined) return;
  for (const effect of effects)
    if ('because' in effect && (typeof effect.because === 'string' || isReason(effect.because)))
      rules.add(ruleOf(effect.because));
};

export const actedIn = (trace: Trace): Trace => {
  if (rules === undefined) return trace;
  for (const event of trace.events()) {
    acted(event);
    // A connection may open because a layer above asks for it, and the log does not keep the reasons of those layers.
    const opens = event.kind === 'state' && event.to === 'SYN-SENT';
    for (const {rule} of (opens && trace.reasonAt?.(event.n)?.above) || []) rules.add(rule);
  }
  return trace;
};
