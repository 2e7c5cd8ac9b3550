// YAML text → plain data, with the place of every key and value. Bounded: size, depth, no aliases.
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
import type {Position} from './position.ts';
import {problem, type TextProblem, text} from './problem.ts';

export type Located = {
  readonly data: unknown;
  /** Of the value at `path`, or of its key; `inside`: that many characters into the value's text. */
  offsetOf(
    path: readonly (string | number)[],
    options?: {readonly onKey?: boolean; readonly inside?: Inside},
  ): number;
  positionOf(offset: number): Position;
};

/** A piece of a scalar: found again in the source, whose quotes and folds the value has lost. */
type Inside = {readonly offset: number; readonly value: string};

const longest = 262_144;

/** The parser recurses; a thousand brackets say nothing. */
const tooDeep = /[[{(]{200}|(?:- ){200}|(?:\? ){200}/;

const failure = (
  offset: number,
  en: string,
  zh: string,
  remedyEn: string,
  remedyZh: string,
): TextProblem => ({
  ...problem(text(en, zh), text(remedyEn, remedyZh)),
  offset,
});

type Sentences = readonly [en: string, zh: string, remedyEn: string, remedyZh: string];

/** By code of Yaml's. */
const sentences: {readonly [code: string]: Sentences} = {
  DUPLICATE_KEY: ['this key stands here twice', '这个键写了两次', 'keep one of them', '只保留一个'],
  COLLECTION_KEY: [
    'a list or a mapping stands where a key should',
    '该写键的地方写了列表或映射',
    'text that begins with [ or { needs quotes',
    '以 [ 或 { 开头的文本要加引号',
  ],
  TAB_AS_INDENT: ['a tab is used as indentation', '用了制表符缩进', 'indent with spaces', '改用空格缩进'],
  BAD_INDENT: [
    'the indentation fits no level above',
    '缩进和上面任何一层都对不上',
    'align it with its neighbours',
    '和同级的键对齐',
  ],
  BLOCK_AS_IMPLICIT_KEY: [
    'this text contains “: ”, which begins a value',
    '这段文本里有「: 」，YAML 会把它当成键值分隔',
    'put the text in quotes, or below the key after >-',
    '给文本加引号，或用 >- 换行写在键下面',
  ],
};

/** Yaml's own words, as two sentences; what is rare keeps its English message. */
const syntaxProblem = ({code, message, offset}: SyntaxError): TextProblem => {
  const known = sentences[code];
  if (known) return failure(offset, ...known);
  const first = message.split('\n')[0] ?? '';
  const [remedyEn, remedyZh] =
    code === 'MISSING_CHAR'
      ? [
          'close what was opened: a quote, a bracket, or add “: ” after a key',
          '补全引号、括号，或在键后面加上「: 」',
        ]
      : [
          'check indentation, quotes and “: ”; text with a colon or a brace needs quotes',
          '检查缩进、引号和「: 」；含冒号或花括号的文本要加引号',
        ];
  return failure(offset, `YAML syntax: ${first}`, `YAML 语法错误：${first}`, remedyEn, remedyZh);
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

/** Behind `|` each line of the value is a line of the source, further in. */
const inBlock = (raw: string, {offset, value}: Inside): number => {
  const [header = '', ...lines] = raw.split('\n');
  const before = value.slice(0, offset).split('\n');
  const indent = (lines.find((line) => line.trim() !== '') ?? '').search(/[^ ]|$/);
  const above = lines.slice(0, before.length - 1).reduce((sum, line) => sum + line.length + 1, 0);
  return header.length + 1 + above + indent + (before.at(-1) ?? '').length;
};

/** Where the piece begins in the source; the scalar's beginning where quoting or folding hides it. */
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
    return err([
      failure(
        0,
        'the file is too long for a lesson',
        '文件太长，不像课程',
        `at most ${longest} characters`,
        `最多 ${longest} 个字符`,
      ),
    ]);
  }
  const deep = tooDeep.exec(source.replace(/[\s,]+/g, (match) => (match.includes('\n') ? '\n' : '')));
  if (deep)
    return err([
      failure(0, 'nested too deeply', '嵌套太深', 'a lesson needs about ten levels', '课程最多用到十来层'),
    ]);
  const lines = new LineCounter();
  const parsed = parse(source, lines);
  if (!parsed)
    return err([
      failure(0, 'nested too deeply', '嵌套太深', 'a lesson needs about ten levels', '课程最多用到十来层'),
    ]);
  const {document, alias} = parsed;
  const problems = causes(source, syntaxErrors(parsed)).map(syntaxProblem);
  if (alias !== undefined) {
    problems.push(
      failure(
        alias,
        'aliases (*name) are not used in lessons',
        '课程里不用别名（*name）',
        'write the value out',
        '把值写出来',
      ),
    );
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

/** What follows an error on its line is its consequence. */
const onePerLine = (problems: readonly TextProblem[], lines: LineCounter): readonly TextProblem[] => {
  const seen = new Set<number>();
  return problems.filter(({offset}) => {
    const {line} = lines.linePos(offset);
    return !seen.has(line) && seen.add(line);
  });
};

type SyntaxError = {readonly code: string; readonly message: string; readonly offset: number};

/** After any other error the parser no longer knows where it is. */
const isHarmless = ({code}: SyntaxError): boolean => code === 'DUPLICATE_KEY';

type Parsed = NonNullable<ReturnType<typeof parse>>;

const syntaxErrors = ({document, wrong}: Parsed): readonly SyntaxError[] =>
  [...document.errors.map(({code, message, pos: [offset]}) => ({code, message, offset})), ...wrong].toSorted(
    (a, b) => a.offset - b.offset,
  );

/** Behind an error so many sections are looked at for errors of their own. */
const mostSections = 20;

/** Where the parser finds its feet again: lines that begin with a key. */
const sectionStarts = (source: string): readonly number[] =>
  [...source.matchAll(/^[\w-]+:/gm)].map(({index}) => index);

/** The errors that are no consequence of others: up to the first, and the first of each section after it. */
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

const wrongKeys = ({items}: YAMLMap): readonly SyntaxError[] => {
  const seen = new Set<unknown>();
  return items.flatMap(({key}) => {
    if (isCollection(key)) return [{code: 'COLLECTION_KEY', message: '', offset: key.range?.[0] ?? 0}];
    if (!isScalar(key)) return [];
    const {value, range} = key;
    if (!seen.has(value)) {
      seen.add(value);
      return [];
    }
    return [{code: 'DUPLICATE_KEY', message: '', offset: range?.[0] ?? 0}];
  });
};

const parse = (source: string, lineCounter: LineCounter) => {
  try {
    // Its own search for keys that stand twice compares each with each.
    const document = parseDocument(source, {
      lineCounter,
      prettyErrors: false,
      version: '1.2',
      uniqueKeys: false,
    });
    // What was nested so deeply that the parser gave up is an error for it like any other.
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
