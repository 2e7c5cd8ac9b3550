// Alike ones together, in the order of their first.

export const grouped = <T>(
  all: readonly T[],
  key: (each: T) => string,
): readonly (readonly [T, ...T[]])[] => {
  const groups = new Map<string, [T, ...T[]]>();
  for (const each of all) {
    const name = key(each);
    const known = groups.get(name);
    if (known) known.push(each);
    else groups.set(name, [each]);
  }
  return [...groups.values()];
};
