// Groups the elements of a list that have the same key; the groups are in the order of their first elements.

export const byKey = <T, Key>(
  all: Iterable<T>,
  keyOf: (each: T) => Key,
): ReadonlyMap<Key, readonly [T, ...T[]]> => {
  const groups = new Map<Key, [T, ...T[]]>();
  for (const each of all) {
    const key = keyOf(each);
    const known = groups.get(key);
    if (known) known.push(each);
    else groups.set(key, [each]);
  }
  return groups;
};

export const grouped = <T>(
  all: Iterable<T>,
  keyOf: (each: T) => unknown,
): readonly (readonly [T, ...T[]])[] => [...byKey(all, keyOf).values()];
