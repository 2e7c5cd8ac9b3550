// Finds things by their IDs.

/** Returns a function that finds a thing by its ID; of several with the same ID, the last one. */
export const byId = <T extends {readonly id: string}>(all: readonly T[]): ((id: string) => T | undefined) => {
  const known = new Map(all.map((each) => [each.id, each]));
  return (id) => known.get(id);
};
