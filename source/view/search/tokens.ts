// Cuts texts into the words by which the search finds them. A Chinese text has no gaps between words, so every two characters that stand
// side by side count as one. Names such as TIME_WAIT count as their parts and as one word.

/** A word as it was typed: alternatives, each of which is one word or several that must all be there. */
export type Clause = {
  /** The word, or the two Chinese characters, in the form in which words are compared. */
  readonly word: string;
  /** The parts of a name such as TIME_WAIT. */
  readonly parts: readonly string[];
  /** True if a longer word that begins with this one will do. */
  readonly begins: boolean;
};

const chinese = /\p{Script=Han}/u;
/** Chinese characters in a row; or a name of letters and digits, whose parts are joined by `_` or `-`. */
const runs = /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}]|(?<=\p{N})\.(?=\p{N})|(?<=\w)[_-](?=\w))+/gu;

/** Returns the text with versions apart from names: `RFC9293` and `TLSv1.3` are `RFC 9293` and `TLS 1.3`. */
const apart = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/\b(rfc|https?|tls|ssl)[/ ]?v?(?=\d)/gi, '$1 ')
    .replace(/(?<=[a-z])(?=[A-Z][a-z])/g, '-');

/** Words that end with s in the singular, too. */
const singular = new Set([
  'https',
  'dns',
  'tls',
  'cors',
  'hsts',
  'ddos',
  'always',
  'across',
  'alias',
  'bytes',
]);

/** Returns an English word without the ending of the plural. */
const stemOf = (word: string): string => {
  if (word.length < 4 || !/[a-z]s$/.test(word) || singular.has(word)) return word;
  if (/(?:ss|us|is)$/.test(word)) return word;
  return word.replace(/(?<=ss|x|ch|sh)es$|(?<!i)s$/, '').replace(/ies$/, 'y');
};

/** Returns the pairs of characters that stand side by side; of one character that one. */
const pairs = (run: string): readonly string[] => {
  const characters = [...run];
  return characters.length === 1
    ? characters
    : characters.slice(1).map((second, index) => `${characters[index]}${second}`);
};

const runsIn = (text: string): readonly string[] => apart(text).match(runs) ?? [];

/** Returns the words of a text that is to be found: each as it stands and in the singular, the parts of a name and all of it. */
export const wordsIn = (text: string): readonly string[] =>
  runsIn(text).flatMap((run) => {
    if (chinese.test(run)) return pairs(run);
    const parts = run.toLowerCase().split(/[_-]/);
    const all = parts.length > 1 ? [...parts, parts.join('')] : parts;
    return all.flatMap((word) => [...new Set([word, stemOf(word)])]);
  });

/**
 * Returns the typed words without `fillers`, the words that say nothing, unless nothing else was typed. A single Chinese character between
 * others says nothing either.
 */
export const clausesIn = (typed: string, fillers: readonly string[]): readonly Clause[] => {
  const [between, alone] = [true, false].map((wanted) =>
    fillers.filter((filler) => chinese.test(filler) === wanted),
  );
  const longest = between?.toSorted((a, b) => b.length - a.length) ?? [];
  const text = longest.reduce((left, filler) => left.replaceAll(filler, ' '), typed);
  const clauses = (of: string): readonly Clause[] =>
    runsIn(of).flatMap((run): readonly Clause[] => {
      if (chinese.test(run)) return pairs(run).map((word) => ({word, parts: [], begins: false}));
      const word = run.toLowerCase().replace(/[_-]/g, '');
      const stem = stemOf(word);
      const parts = run.toLowerCase().split(/[_-]/).map(stemOf);
      return [{word: stem, parts: parts.length > 1 ? parts : [], begins: stem === word}];
    });
  const telling = clauses(text).filter(
    ({word}) => !alone?.includes(word) && !(chinese.test(word) && [...word].length === 1),
  );
  return telling.length > 0 ? telling : clauses(typed);
};
