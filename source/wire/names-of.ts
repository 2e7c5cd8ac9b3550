// Inverts tables of named numbers.

export type Registry = Readonly<Record<string, number>>;

export const namesOf = (registry: Registry): ReadonlyMap<number, string> =>
  new Map(Object.entries(registry).map(([name, number]) => [number, name]));
