// The type of JSON values, and helpers that make members of its objects.
export type Json = null | boolean | number | string | readonly Json[] | {readonly [name: string]: Json};
export type JsonObject = {readonly [name: string]: Json};

/** Returns an object with the one named member, or an empty object if the value is undefined. */
export const present = <Name extends string>(
  name: Name,
  value: string | undefined,
): {readonly [name in Name]?: string} => {
  const members: {[name in Name]?: string} = {};
  if (value !== undefined) members[name] = value;
  return members;
};

/** Returns those of the named counts that are not zero. */
export const filled = (counts: Readonly<Record<string, number>>): {readonly [name: string]: number} =>
  Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));

/** How a connection turned out, as JSON. */
export type OutcomeJson = {
  readonly id: string;
  readonly by: string;
  readonly frame: number;
  readonly undone: string | null;
};
