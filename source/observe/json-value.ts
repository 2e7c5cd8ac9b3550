// JSON as a value, and what its objects are made of.
export type Json = null | boolean | number | string | readonly Json[] | {readonly [name: string]: Json};
export type JsonObject = {readonly [name: string]: Json};

/** Absent means that it was. */
export const present = (name: string, value: string | undefined): JsonObject =>
  value === undefined ? {} : {[name]: value};

/** Without what there is none of. */
export const filled = (counts: Readonly<Record<string, number>>): JsonObject =>
  Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
