// Which sections RFCs have, for those whose tables of contents are known here, so that a reference to a section that does not exist is
// refused.

type Contents = {
  /** The most numbers that a section number in the RFC's table of contents has (`3.10.7` has 3); deeper sections are not known. */
  readonly depth: number;
  /** The number of the last section of the RFC, and of the last subsection of each section that has any. */
  readonly last: readonly string[];
};

const contents: {readonly [rfc: string]: Contents} = {
  1035: {
    depth: 3,
    last: [
      '9',
      '2.3',
      '2.3.4',
      '3.6',
      '3.2.5',
      '3.3.14',
      '3.4.2',
      '4.2',
      '4.1.4',
      '4.2.2',
      '5.3',
      '6.5',
    ].concat(['6.1.3', '6.4.3', '7.4', '8.2']),
  },
  9110: {depth: 1, last: ['19', 'B']},
  9112: {depth: 1, last: ['13', 'C']},
  9293: {
    depth: 3,
    last: [
      '8',
      'B',
      '2.2',
      '3.10',
      '3.2.2',
      '3.3.2',
      '3.4.3',
      '3.5.3',
      '3.6.1',
      '3.7.5',
      '3.8.6',
      '3.9.2',
    ].concat(['3.10.8', '8.2', 'A.4', 'A.1.2']),
  },
};

const placeOf = (part: string): number => (/^\d+$/.test(part) ? Number(part) : part.charCodeAt(0));

const isLetter = (part: string): boolean => !/^\d+$/.test(part);

/**
 * Tells whether an RFC has a section: `last` has the number of a section at the same level and in the same parent section which is not
 * lower.
 */
const isListed = (parts: readonly string[], last: readonly string[]): boolean => {
  const above = parts.slice(0, -1).join('.');
  const own = parts.at(-1) ?? '';
  return last.some((each) => {
    const ends = each.split('.');
    const end = ends.at(-1) ?? '';
    return (
      ends.slice(0, -1).join('.') === above &&
      isLetter(end) === isLetter(own) &&
      placeOf(own) >= (isLetter(own) ? placeOf('A') : 1) &&
      placeOf(own) <= placeOf(end)
    );
  });
};

/** Tells whether an RFC may have a section: false only where its table of contents is known and has no such number. */
export const mayHaveSection = (rfc: string, section: string): boolean => {
  const known = contents[rfc];
  if (known === undefined) return true;
  const parts = section.split('.').slice(0, known.depth);
  return parts.every((_, index) => isListed(parts.slice(0, index + 1), known.last));
};
