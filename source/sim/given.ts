// Returns an object without the keys whose value is undefined, because compiled lessons are JSON, in which such keys do not exist.

type Given<T> = {[K in keyof T]?: Exclude<T[K], undefined>};

export const given = <T extends object>(values: T): Given<T> => {
  const kept: Given<T> = {...values};
  for (const key in kept) if (kept[key] === undefined) delete kept[key];
  return kept;
};
