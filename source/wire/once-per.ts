// What is worked out once for each object, and remembered as long as that object lives. Looks at a capture while it is being made: what
// was worked out at one look is carried on at the next, as far as the events are the same.

/** `more`: what it is worked out with, and is the same whenever the object is. */
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

/** Of a capture that is still being made: which of its events one look at it shares with another. */
export type Growth = {
  /** The same for all looks at one capture. */
  readonly capture: object;
  /** Rising. */
  readonly look: number;
  /** So many of the first events are those of that earlier look: what happened, to what, when. How well it is known may be another thing. */
  unchangedSince(look: number): number;
};

/** Counts the looks at one capture. */
export class Looks {
  /** By look: how many of its events all later ones share. */
  readonly #shared: number[] = [];

  /** `unchanged`: so many of its first events are those of the look before. undefined: the first look, and mostly the only one. */
  next(unchanged: number): Growth | undefined {
    const shared = this.#shared;
    for (let look = shared.length - 1; look >= 0 && (shared[look] ?? 0) > unchanged; look--)
      shared[look] = unchanged;
    const look = shared.push(Number.POSITIVE_INFINITY) - 1;
    if (look === 0) return undefined;
    return {capture: this, look, unchangedSince: (earlier) => shared[earlier] ?? 0};
  }
}

/** What was worked out at an earlier look; its first `unchanged` events are those of this one. */
export type Before<Value> = {readonly value: Value; readonly unchanged: number};

type Growing = {readonly growth?: Growth};

type Newest<Value> = {readonly trace: Growing; readonly look: number; readonly value: Value};

/** Worked out once for each trace; what it was at the look before may be changed into what it is, because nobody is given that again. */
export const grownPer = <Trace extends Growing, Value>(
  read: (trace: Trace, before: Before<Value> | undefined) => Value,
): ((trace: Trace) => Value) => {
  const known = new WeakMap<Growing, {readonly value: Value}>();
  const newest = new WeakMap<object, Newest<Value>>();
  return (trace) => {
    const {growth} = trace;
    const last = growth && newest.get(growth.capture);
    // The same look, with secrets or without.
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
