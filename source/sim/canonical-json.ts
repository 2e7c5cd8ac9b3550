// Writes a value as JSON for hashing, in which the order of keys does not matter (RFC 8785 §3.2.3 sorts them in the same way).

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Orders keys of an object by UTF-16 code units, so that the order does not depend on a locale. */
const byUnits = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : 1;

/** Returns a value as JSON with sorted keys; keys whose value is undefined are left out. */
export const canonicalJson = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    isRecord(inner) ? Object.fromEntries(Object.entries(inner).toSorted(byUnits)) : inner,
  );

/** Returns the value of a JSON text, or undefined if the text is no JSON. */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
