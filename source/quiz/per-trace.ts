// What is read out of a whole run is read once.
import type {Trace} from '../sim/trace.ts';

export const perTrace = <T>(read: (trace: Trace) => T): ((trace: Trace) => T) => {
  const known = new WeakMap<Trace, {readonly value: T}>();
  return (trace) => {
    const before = known.get(trace);
    if (before) return before.value;
    const value = read(trace);
    known.set(trace, {value});
    return value;
  };
};
