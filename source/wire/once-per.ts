// Computes values once for each object, and remembers them as long as the object lives. For a capture that still grows, what was computed
// for one view of it is continued for the next, as far as their events are equal.

/**
 * Returns a function that computes its result once per object and then remembers it; `more` are further arguments, which must be the same
 * whenever the object is.
 */
export const oncePer = <Key extends object, Value, More extends readonly unknown[] = []>(
  read: (key: Key, ...more: More) => Value,
): ((key: Key, ...more: More) => Value) => {
  const known = new WeakMap<Key, {readonly value: Value}>();
  return (key, ...more) => {
    const before = known.get(key);
    if (before) return before.value;
    const value = read(key, ...more);
    known.set(key, {value});
    return value;
  };
};

/** Which view of a growing capture a trace is, and how many events it shares with earlier views. */
export type Growth = {
  /** An object that is the same for all views of one growing capture. */
  readonly capture: object;
  /** The number of this view of the capture; later views have higher numbers. */
  readonly look: number;
  /**
   * Returns how many of the view's first events equal those of that earlier view: what happened, to what, when. How certain they are may
   * differ.
   */
  unchangedSince(look: number): number;
};

/** Counts the views of one growing capture, and remembers how many events they share. */
export class Looks {
  /** The number of the first events of each view of the capture that all later views share. */
  readonly #shared: number[] = [];

  /**
   * Returns the next view of the capture; `unchanged` is the number of its first events that equal those of the previous one. Undefined for
   * the first view, which mostly is the only one.
   */
  next(unchanged: number): Growth | undefined {
    const shared = this.#shared;
    for (let look = shared.length - 1; look >= 0 && (shared[look] ?? 0) > unchanged; look--)
      shared[look] = unchanged;
    const look = shared.push(Number.POSITIVE_INFINITY) - 1;
    if (look === 0) return undefined;
    return {capture: this, look, unchangedSince: (earlier) => shared[earlier] ?? 0};
  }
}

/** The value that was computed for an earlier view of a capture; the first `unchanged` events of that view are those of this one. */
export type Before<Value> = {readonly value: Value; readonly unchanged: number};

type Growing = {readonly growth?: Growth};

type Newest<Value> = {readonly trace: Growing; readonly look: number; readonly value: Value};

/**
 * Returns a function that computes its result once per trace. In a growing capture it gets the value of the previous view and may change it
 * into the new one, because nobody gets the old one again.
 */
export const grownPer = <Trace extends Growing, Value>(
  read: (trace: Trace, before: Before<Value> | undefined) => Value,
): ((trace: Trace) => Value) => {
  const known = new WeakMap<Growing, {readonly value: Value}>();
  const newest = new WeakMap<object, Newest<Value>>();
  return (trace) => {
    const {growth} = trace;
    const last = growth && newest.get(growth.capture);
    // Two traces may be the same view of a capture, one with secrets and one without.
    const own = known.get(trace) ?? (last?.look === growth?.look ? last : undefined);
    if (own) return own.value;
    if (!growth || (last && last.look > growth.look)) {
      const value = read(trace, undefined);
      known.set(trace, {value});
      return value;
    }
    if (last) known.delete(last.trace);
    const value = read(trace, last && {value: last.value, unchanged: growth.unchangedSince(last.look)});
    known.set(trace, {value});
    newest.set(growth.capture, {trace, look: growth.look, value});
    return value;
  };
};
