// JSON as a value, and what its objects are made of.
export type Json = null | boolean | number | string | readonly Json[] | {readonly [name: string]: Json};
export type JsonObject = {readonly [name: string]: Json};

/** Absent means that it was. */
export const present = <Name extends string>(
  name: Name,
  value: string | undefined,
): {readonly [name in Name]?: string} => {
  const members: readonly (readonly string[])[] = value === undefined ? [] : [[name, value]];
  return Object.fromEntries(members);
};

/** Without what there is none of. */
export const filled = (counts: Readonly<Record<string, number>>): {readonly [name: string]: number} =>
  Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
