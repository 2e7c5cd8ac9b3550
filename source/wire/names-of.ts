// Inverts tables of named numbers, so that a number's name can be found.

export type Registry = Readonly<Record<string, number>>;

export const namesOf = (registry: Registry): ReadonlyMap<number, string> =>
  new Map(Object.entries(registry).map(([name, number]) => [number, name]));
