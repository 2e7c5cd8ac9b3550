// What has an id, found by it.

/** Of several with one id the last. */
export const byId = <T extends {readonly id: string}>(all: readonly T[]): ((id: string) => T | undefined) => {
  const known = new Map(all.map((each) => [each.id, each]));
  return (id) => known.get(id);
};
