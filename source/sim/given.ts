// Leaves out keys without a value, because compiled lessons are JSON, in which an absent key differs from one that contains undefined.

type Given<T> = {[K in keyof T]?: Exclude<T[K], undefined>};

export const given = <T extends object>(values: T): Given<T> => {
  const kept: Given<T> = {...values};
  for (const key in kept) if (kept[key] === undefined) delete kept[key];
  return kept;
};
