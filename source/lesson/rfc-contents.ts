// Which sections RFCs have, as far as their tables of contents are known here, so that a clause that does not exist is refused.

type Contents = {
  /** How many parts a section's number has at most in the table of contents; what lies deeper is not known. */
  readonly depth: number;
  /** The last section of each section that is divided, and of the document. */
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

/** Tells whether one of `last` is the end of the list in which this section would stand, and comes no earlier. */
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
