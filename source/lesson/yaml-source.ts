// Parses YAML as plain data with the place of every key and value. Size and depth are limited, and aliases are not allowed.
import {
  isAlias,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
  type YAMLMap,
} from 'yaml';
import {err, ok, type Result} from '../wire/result.ts';
import {yamlErrors, yamlRare} from '../words/catalogue/lesson-yaml.ts';
import type {Position} from './position.ts';
import {type Problem, problemWith, type TextProblem} from './problem.ts';

export type Located = {
  readonly data: unknown;
  /** Returns the offset in the YAML source of the value at `path`, or of its key; with `inside`, of the piece inside the value's text. */
  offsetOf(
    path: readonly (string | number)[],
    options?: {readonly onKey?: boolean; readonly inside?: Inside},
  ): number;
  positionOf(offset: number): Position;
};

/** A piece of the value of a YAML scalar; it has to be found again in the source, because the value has lost quotes and folds. */
type Inside = {readonly offset: number; readonly value: string};

const longest = 524_288;

/** Matches brackets nested so deeply that the recursive parser would fail. */
const tooDeep = /[[{(]{200}/;

const failure = (offset: number, found: Problem): TextProblem => ({...found, offset});

const known: {readonly [code: string]: Problem} = yamlErrors;

/** Returns a YAML syntax error as message and remedy; a rare one keeps the parser's English message. */
const syntaxProblem = ({code, message, offset}: SyntaxError): TextProblem => {
  const found = known[code];
  if (found) return failure(offset, found);
  const sentences = code === 'MISSING_CHAR' ? yamlRare.missing : yamlRare.other;
  return failure(offset, problemWith(sentences, {message: message.split('\n')[0] ?? ''}));
};

const child = (
  node: Node | null,
  step: string | number,
): {readonly key: Node | undefined; readonly value: Node | null} | undefined => {
  if (isSeq(node) && typeof step === 'number') {
    const item = node.items[step];
    return isNode(item) ? {key: undefined, value: item} : undefined;
  }
  if (!isMap(node)) return undefined;
  for (const pair of node.items) {
    if (!isPair(pair) || !isScalar(pair.key) || String(pair.key.value) !== String(step)) continue;
    return {key: pair.key, value: isNode(pair.value) ? pair.value : null};
  }
  return undefined;
};

const startOf = (node: Node | null | undefined): number | undefined => node?.range?.[0];

/** Returns the offset of a piece of text inside the source of a YAML block scalar (`|`), each line of which is indented. */
const inBlock = (raw: string, {offset, value}: Inside): number => {
  const [header = '', ...lines] = raw.split('\n');
  const before = value.slice(0, offset);
  const [, indent = ''] = /\n( *)[^ \n]/.exec(raw) ?? [];
  const above = lines.slice(0, before.split('\n').length - 1);
  const column = before.length - (before.lastIndexOf('\n') + 1);
  return above.reduce((sum, line) => sum + line.length + 1, header.length + 1) + indent.length + column;
};

/**
 * Returns the offset of the piece in the source, or that of the scalar if quoting or folding hides the piece; undefined if the node has
 * no place.
 */
const insideOffset = (source: string, node: Node | null, piece: Inside): number | undefined => {
  const {offset, value} = piece;
  const start = startOf(node);
  if (!node?.range || start === undefined) return start;
  const raw = source.slice(start, node.range[1]);
  if (isScalar(node) && node.type === 'BLOCK_LITERAL') return start + inBlock(raw, piece);
  const whole = raw.indexOf(value);
  if (whole >= 0) return start + whole + offset;
  const length = value.slice(offset).search(/[\s"'\\]|$/);
  const rest = value.slice(offset, offset + Math.max(1, length));
  const found = rest ? raw.indexOf(rest) : -1;
  return found >= 0 ? start + found : start;
};

export const readYaml = (source: string): Result<Located, readonly TextProblem[]> => {
  if (source.length > longest) {
    return err([failure(0, problemWith(yamlRare.tooLong, {longest}))]);
  }
  if (tooDeep.test(source.replace(/[\s,]+/g, ''))) return err([failure(0, yamlRare.tooDeep)]);
  const lines = new LineCounter();
  const parsed = parse(source, lines);
  if (!parsed) return err([failure(0, yamlRare.tooDeep)]);
  const {document, alias} = parsed;
  const problems = causes(source, syntaxErrors(parsed)).map(syntaxProblem);
  if (alias !== undefined) {
    problems.push(failure(alias, yamlRare.alias));
  }
  if (problems.length > 0) return err(onePerLine(problems, lines));
  const data: unknown = document.toJS({maxAliasCount: 0});
  return ok({
    data,
    positionOf: (offset) => {
      const {line, col} = lines.linePos(offset);
      return {line: Math.max(1, line), column: Math.max(1, col)};
    },
    offsetOf: (path, options = {}) => {
      let node: Node | null = document.contents;
      let key: Node | undefined;
      for (const step of path) {
        const next = child(node, step);
        if (!next) break;
        ({key, value: node} = next);
      }
      if (options.onKey && key) return startOf(key) ?? 0;
      if (options.inside) return insideOffset(source, node, options.inside) ?? startOf(key) ?? 0;
      return startOf(node) ?? startOf(key) ?? 0;
    },
  });
};

/** Returns the first YAML error of each line, because the others are its consequences. */
const onePerLine = (problems: readonly TextProblem[], lines: LineCounter): readonly TextProblem[] => {
  const seen = new Set<number>();
  return problems.filter(({offset}) => {
    const {line} = lines.linePos(offset);
    return !seen.has(line) && seen.add(line);
  });
};

type SyntaxError = {readonly code: string; readonly message: string; readonly offset: number};

/** Tells whether the YAML parser can read on correctly after this error. */
const isHarmless = ({code}: SyntaxError): boolean => code === 'DUPLICATE_KEY';

type Parsed = NonNullable<ReturnType<typeof parse>>;

const syntaxErrors = ({document, wrong}: Parsed): readonly SyntaxError[] =>
  [...document.errors.map(({code, message, pos: [offset]}) => ({code, message, offset})), ...wrong].toSorted(
    (a, b) => a.offset - b.offset,
  );

/** The most sections of a YAML file after a syntax error that are checked for errors of their own. */
const mostSections = 20;

/** Returns the offsets of a YAML source at which the parser can resume: lines that begin with a key. */
const sectionStarts = (source: string): readonly number[] =>
  [...source.matchAll(/^[\w-]+:/gm)].map(({index}) => index);

/**
 * Returns the syntax errors of a YAML source that are not consequences of others: those up to the first serious one, and the first of each
 * section after it.
 */
const causes = (source: string, errors: readonly SyntaxError[]): readonly SyntaxError[] => {
  const first = errors.findIndex((error) => !isHarmless(error));
  const broken = errors[first];
  if (!broken) return errors;
  const starts = sectionStarts(source).filter((start) => start >= broken.offset);
  const later = starts.slice(0, mostSections).flatMap((start, index) => {
    const text = source.slice(start, starts[index + 1]);
    const parsed = parse(text, new LineCounter());
    const error = parsed && syntaxErrors(parsed).find((each) => !isHarmless(each));
    return error ? [{...error, offset: start + error.offset}] : [];
  });
  return [...errors.slice(0, first + 1), ...later];
};

const wrongKey = (code: string, key: Node): SyntaxError => ({
  code,
  message: code,
  offset: startOf(key) ?? 0,
});

const wrongKeys = ({items}: YAMLMap): readonly SyntaxError[] => {
  const seen = new Set<unknown>();
  return items.flatMap(({key}) => {
    if (isCollection(key)) return [wrongKey('COLLECTION_KEY', key)];
    if (!isScalar(key)) return [];
    if (seen.has(key.value)) return [wrongKey('DUPLICATE_KEY', key)];
    seen.add(key.value);
    return [];
  });
};

const parse = (source: string, lineCounter: LineCounter) => {
  try {
    // The YAML parser's own search for duplicate keys is off, because it compares each key with each other one.
    const document = parseDocument(source, {
      lineCounter,
      prettyErrors: false,
      version: '1.2',
      uniqueKeys: false,
    });
    // Nesting so deep that the parser gave up is an error of the parser like any other.
    if (document.errors.some(({message}) => message === 'Maximum call stack size exceeded')) return undefined;
    let alias: number | undefined;
    const wrong: SyntaxError[] = [];
    visit(document, {
      Alias: (_, node) => {
        alias ??= isAlias(node) ? node.range?.[0] : undefined;
        return visit.BREAK;
      },
      Map: (_, node) => void wrong.push(...wrongKeys(node)),
    });
    return {document, alias, wrong};
  } catch (failed) {
    if (failed instanceof RangeError) return undefined;
    throw failed;
  }
};
