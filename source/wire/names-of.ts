// Tables of numbers that have names, read the other way round.

export type Registry = Readonly<Record<string, number>>;

export const namesOf = (registry: Registry): ReadonlyMap<number, string> =>
  new Map(Object.entries(registry).map(([name, number]) => [number, name]));
