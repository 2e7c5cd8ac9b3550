// Keys without a value are left out: compiled lessons are JSON, and an absent key is not one that holds undefined.

type Given<T> = {[K in keyof T]?: Exclude<T[K], undefined>};

export const given = <T extends object>(values: T): Given<T> => {
  const kept: Given<T> = {...values};
  for (const key in kept) if (kept[key] === undefined) delete kept[key];
  return kept;
};
