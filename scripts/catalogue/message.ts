// One sentence in ICU MessageFormat 1 as TypeScript: what it takes, and the expression that says it.
import {type PluralCategory, parse, type Token} from '@messageformat/parser';

/**
 * A parameter of a sentence. `number`: it chooses a plural form; `list`: it is joined; `keys`: the cases of a select; `written`: it appears in the
 * sentence as it is. `agrees`: it is a count of things and not the number of one of them, because a plural follows it or the sentence says so
 * (`{more, count}`).
 */
export type Parameter = {
  readonly is: 'value' | 'number' | 'list' | 'choice';
  readonly keys: readonly string[];
  readonly written: boolean;
  readonly agrees: boolean;
};

export type Plural = {
  readonly cardinal: readonly PluralCategory[];
  readonly ordinal: readonly PluralCategory[];
};

export type Compiled = {
  readonly parameters: ReadonlyMap<string, Parameter>;
  /** Those of `counted` are written as counts. */
  readonly source: (counted: ReadonlySet<string>) => string;
  /** The rules of this language's plurals are needed. */
  readonly counts: boolean;
};

/** What the language is written with in the source: `sayEn`, `listEn`, `enPlural`. */
type Names = {readonly say: string; readonly list: string; readonly plural: string};
type Hand = Names & {readonly counted: ReadonlySet<string>};

type Selection = Extract<Token, {cases: unknown}>;

const escaped = (text: string): string => text.replace(/[`\\]|\$\{/g, '\\$&');

const member = (object: string, name: string): string => `${object}.${name}`;

const refusal = (what: string, remedy: string): Error => new Error(`${what}\n  ${remedy}`);

const condition = (token: Selection, key: string, {plural}: Hand): string => {
  const value = member('p', token.arg);
  if (token.type === 'select') {
    if (key === 'true' || key === 'undefined') return `${value} === ${key}`;
    return key === 'false' ? `!${value}` : `${value} === ${JSON.stringify(key)}`;
  }
  if (key.startsWith('=')) return `${value} === ${key.slice(1)}`;
  return `${plural}(${value}${token.type === 'selectordinal' ? ', true' : ''}) === ${JSON.stringify(key)}`;
};

const chosen = (token: Selection, hand: Hand): string => {
  if (token.pluralOffset) throw refusal('an offset is not known here', 'count in the program');
  const branches = token.cases.filter(({key}) => key !== 'other');
  const rest = token.cases.find(({key}) => key === 'other')?.tokens;
  if (rest === undefined) throw refusal(`${token.arg} lacks its case other`, 'add other {…}');
  return [
    ...branches.map(({key, tokens}) => `${condition(token, key, hand)} ? ${template(tokens, hand)} : `),
    template(rest, hand),
  ].join('');
};

const piece = (token: Token, hand: Hand): string => {
  switch (token.type) {
    case 'content':
      return escaped(token.value);
    case 'argument': {
      const value = member('p', token.arg);
      return `\${${hand.counted.has(token.arg) ? `formatCount(${value})` : value}}`;
    }
    case 'octothorpe':
      throw refusal('# writes a number by the rules of the platform', "name the number, or write '#'");
    case 'function':
      if (token.key === 'list') return `\${${hand.list}(${member('p', token.arg)})}`;
      if (token.key === 'count') return `\${formatCount(${member('p', token.arg)})}`;
      throw refusal(
        `no form “${token.key}”`,
        'known: list, count; other numbers come in as they are to stand',
      );
    default:
      return `\${${chosen(token, hand)}}`;
  }
};

const template = (tokens: readonly Token[], hand: Hand): string => {
  const [first, ...rest] = tokens;
  if (first === undefined) return "''";
  if (rest.length === 0 && first.type === 'content') return JSON.stringify(first.value);
  if (rest.length === 0 && 'cases' in first) return `(${chosen(first, hand)})`;
  return `${hand.say}\`${tokens.map((token) => piece(token, hand)).join('')}\``;
};

const kindOf = (token: Token): Parameter['is'] => {
  if (token.type === 'select') return 'choice';
  if (token.type === 'plural' || token.type === 'selectordinal') return 'number';
  if (token.type === 'function') return token.key === 'count' ? 'number' : 'list';
  return 'value';
};

/** What is counted or chosen by may be written, too; undefined: it cannot be both. */
export const joined = (one: Parameter | undefined, other: Parameter): Parameter | undefined => {
  if (one === undefined) return other;
  const [is = 'value', second] = new Set([one.is, other.is].filter((kind) => kind !== 'value'));
  const keys = [...new Set([...one.keys, ...other.keys])];
  const [written, agrees] = [one.written || other.written, one.agrees || other.agrees];
  return second === undefined ? {is, keys, written, agrees} : undefined;
};

export const clash = (name: string): string =>
  `{${name}} is counted, chosen by and listed in one sentence\n  give each its own name`;

/**
 * Returns whether a sentence treats its number as a count: by a plural with a category such as `one`, by a case for two, or with `count`. Single
 * other cases say nothing, since the number may mean nothing (`=0`).
 */
const isCounted = (token: Token): boolean => {
  if (token.type === 'plural') return hasCategory(token.cases) || token.cases.some(({key}) => key === '=2');
  return token.type === 'function' && token.key === 'count';
};

/** Beside the numbers themselves (`=2`). */
const hasCategory = (cases: Selection['cases']): boolean =>
  cases.some(({key}) => key !== 'other' && !key.startsWith('='));

const gather = (tokens: readonly Token[], into: Map<string, Parameter>): void => {
  for (const token of tokens) {
    if (token.type === 'content' || token.type === 'octothorpe') continue;
    if (!/^[a-z][A-Za-z0-9]*$/.test(token.arg))
      throw refusal(`{${token.arg}} is no name`, 'names are letters and digits, such as {packetCount}');
    const cases = 'cases' in token ? token.cases : [];
    const is = kindOf(token);
    const keys = token.type === 'select' ? cases.map(({key}) => key) : [];
    const agrees = isCounted(token);
    const both = joined(into.get(token.arg), {is, keys, written: !('cases' in token), agrees});
    if (both === undefined) throw new Error(clash(token.arg));
    into.set(token.arg, both);
    for (const {tokens: inner} of cases) gather(inner, into);
  }
};

const countsIn = (tokens: readonly Token[]): boolean =>
  tokens.some(
    (token) =>
      'cases' in token &&
      ((token.type !== 'select' && hasCategory(token.cases)) ||
        token.cases.some((each) => countsIn(each.tokens))),
  );

/** Throws with a sentence that says what is wrong, and the remedy. */
export const compileMessage = (message: string, {cardinal, ordinal}: Plural, names: Names): Compiled => {
  const tokens = parse(message, {cardinal: [...cardinal], ordinal: [...ordinal]});
  const parameters = new Map<string, Parameter>();
  gather(tokens, parameters);
  const source: Compiled['source'] = (counted) => template(tokens, {...names, counted});
  source(new Set());
  return {parameters, source, counts: countsIn(tokens)};
};

/** The type of a parameter in the program. */
export const typeOf = ({is, keys}: Parameter): string => {
  if (is === 'number') return 'number';
  if (is === 'list') return 'readonly Value[]';
  if (is === 'value') return 'Value';
  const named = keys.filter((key) => key !== 'other');
  if (named.every((key) => key === 'true' || key === 'false')) return 'boolean';
  return named.includes('undefined') ? 'Value | undefined' : 'string';
};
