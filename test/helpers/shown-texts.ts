// Every text that a person sees, by language, as the sentences that it can become: words of the program, lessons with their data, documents.
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {type Token as IcuToken, parse} from '@messageformat/parser';
import {marked, type Token} from 'marked';
import {isScalar, LineCounter, parseDocument, visit} from 'yaml';
import {root} from './root.ts';

export type Tongue = 'en' | 'zh';

/** A text as it is written. `icu`: a message with alternatives. */
export type Written = {
  readonly file: string;
  readonly line: number;
  readonly language: Tongue;
  readonly text: string;
  readonly icu: boolean;
};

/** Stands in a sentence for a value that is filled in, or for a piece of code: one word of unknown sound. */
export const filled = '◇';

/** Stands for a space within code. */
const codeSpace = '␣';

const inFolder = (folder: string, ending: string): readonly string[] =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => `${folder}/${name}`);

/** Patterns and lists of words that a program compares with; nobody reads them. */
const isPatterns = (file: string): boolean => file.endsWith('/lexicon.yaml');
const isWordList = (key: unknown): boolean =>
  isScalar(key) && (key.value === 'fillers' || key.value === 'same');

const sourceOf = (file: string): string => readFileSync(join(root, file), 'utf8');

/** Each string of a topic of `source/words`. */
const inTopic = (file: string, language: Tongue): readonly Written[] => {
  const lines = new LineCounter();
  const found: Written[] = [];
  visit(parseDocument(sourceOf(file), {lineCounter: lines}), {
    Pair: (_, {key}) => (isWordList(key) ? visit.SKIP : undefined),
    Scalar: (key, {value, range}) => {
      if (key === 'key' || typeof value !== 'string') return;
      found.push({file, line: lines.linePos(range?.[0] ?? 0).line, language, text: value, icu: true});
    },
  });
  return found;
};

/** Each text with its languages, `{en: …, zh: …}`, of a lesson or of what lessons share. */
const inLesson = (file: string): readonly Written[] => {
  const lines = new LineCounter();
  const found: Written[] = [];
  visit(parseDocument(sourceOf(file), {lineCounter: lines}), {
    Map: (_, {items}) => {
      for (const {key, value} of items) {
        const language = isScalar(key) ? key.value : undefined;
        if (language !== 'en' && language !== 'zh') continue;
        if (!isScalar(value) || typeof value.value !== 'string') continue;
        const {line} = lines.linePos(value.range?.[0] ?? 0);
        found.push({file, line, language, text: value.value, icu: false});
      }
    },
  });
  return found;
};

const inline = (tokens: readonly Token[]): string =>
  tokens
    .map((token) => {
      if (token.type === 'codespan')
        return `\`${token.raw.replaceAll('`', '').replaceAll(/\s/g, codeSpace)}\``;
      if (token.type === 'br') return '\n\n';
      if (token.type === 'html' || token.type === 'image') return '';
      return 'tokens' in token && token.tokens
        ? inline(token.tokens)
        : 'text' in token
          ? String(token.text)
          : '';
    })
    .join('');

/** Paragraphs, headings and items of lists, with where each begins; no code, no table. */
const blocks = (tokens: readonly Token[], start: number): readonly (readonly [number, string])[] => {
  let at = start;
  return tokens.flatMap((token) => {
    const from = at;
    at += token.raw.length;
    if (token.type === 'list') return blocks(token['items'], from);
    if (token.type === 'list_item' || token.type === 'blockquote') return blocks(token.tokens ?? [], from);
    const isProse = token.type === 'paragraph' || token.type === 'heading' || token.type === 'text';
    return isProse
      ? [[from, inline('tokens' in token && token.tokens ? token.tokens : [token])] as const]
      : [];
  });
};

export const inDocument = (file: string, source: string): readonly Written[] =>
  blocks(marked.lexer(source), 0).map(([start, text]) => {
    const line = source.slice(0, start).split('\n').length;
    return {file, line, language: 'en', text, icu: false};
  });

const lessonFolders = readdirSync(join(root, 'lessons'), {withFileTypes: true})
  .filter((entry) => entry.isDirectory())
  .map(({name}) => `lessons/${name}`);

export const shownTexts = (): readonly Written[] => [
  ...(['en', 'zh'] as const).flatMap((language) =>
    inFolder(`source/words/${language}`, '.yaml')
      .filter((file) => !isPatterns(file))
      .flatMap((file) => inTopic(file, language)),
  ),
  ...lessonFolders.flatMap((folder) => inFolder(folder, '.yaml')).flatMap(inLesson),
  ...['README.md', 'CONTRIBUTING.md', 'source/readme.md', ...inFolder('docs', '.md')].flatMap((file) =>
    inDocument(file, sourceOf(file)),
  ),
];

type Choices = ReadonlyMap<string, readonly string[]>;
type Choice = ReadonlyMap<string, string>;

/** The same number may be `one` here and `=1` there. */
const sameKey = (key: string): string => (key === '=1' ? 'one' : key);

const gather = (tokens: readonly IcuToken[], into: Map<string, Set<string>>): void => {
  for (const token of tokens) {
    if (!('cases' in token)) continue;
    const keys = into.get(token.arg) ?? new Set(['other']);
    into.set(token.arg, keys);
    for (const {key, tokens: inner} of token.cases) {
      keys.add(sameKey(key));
      gather(inner, into);
    }
  }
};

const rendered = (tokens: readonly IcuToken[], choice: Choice): string =>
  tokens
    .map((token) => {
      if (token.type === 'content') return token.value;
      if (!('cases' in token)) return filled;
      const chosen = choice.get(token.arg);
      const taken =
        token.cases.find(({key}) => sameKey(key) === chosen) ?? token.cases.find(({key}) => key === 'other');
      return rendered(taken?.tokens ?? [], choice);
    })
    .join('');

const mostChoices = 500;

const allChoices = (choices: Choices): readonly Choice[] =>
  [...choices].reduce<readonly Choice[]>(
    (before, [name, keys]) => before.flatMap((each) => keys.map((key) => new Map([...each, [name, key]]))),
    [new Map()],
  );

/** The same choices every time, among them each case together with each of another parameter. */
const someChoices = (choices: Choices): readonly Choice[] => {
  const cases = [...choices].flatMap(([name, keys]) => keys.map((key) => [name, key] as const));
  let state = 1;
  const next = (below: number): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
  return cases.flatMap((one) =>
    cases.map((other) => {
      const any = [...choices].map(([name, keys]) => [name, keys[next(keys.length)] ?? 'other'] as const);
      return new Map([...any, other, one]);
    }),
  );
};

/** What a message can read like: all combinations of its cases, or some of very many. */
export const alternatives = (message: string): readonly string[] => {
  const tokens = parse(message);
  const found = new Map<string, Set<string>>();
  gather(tokens, found);
  const choices: Choices = new Map([...found].map(([name, keys]) => [name, [...keys]]));
  const count = [...choices.values()].reduce((product, keys) => product * keys.length, 1);
  const all = count > mostChoices ? someChoices(choices) : allChoices(choices);
  return [...new Set(all.map((choice) => rendered(tokens, choice)))];
};

/** How many choices are inside each other at most. */
export const nesting = (message: string): number => {
  const depth = (tokens: readonly IcuToken[]): number =>
    Math.max(
      0,
      ...tokens.map((token) =>
        'cases' in token ? 1 + Math.max(...token.cases.map((each) => depth(each.tokens))) : 0,
      ),
    );
  return depth(parse(message));
};

/** `{expression}`, with maps in it; `{{` is a brace. */
const withoutExpressions = (text: string): string => {
  let shorter = text.replace(/\{\{([^{}]*)\}\}/g, '($1)');
  for (let before = ''; before !== shorter; ) {
    before = shorter;
    shorter = shorter.replace(/\{[^{}]*\}/g, filled);
  }
  return shorter;
};

/** A colon or a semicolon ends no sentence, an item of a list does. `[name: …]` is a sentence that is said where it holds. */
const ends: Readonly<Record<Tongue, RegExp>> = {
  en: /(?<=(?<!\b(?:e\.g|i\.e|vs|cf|etc|no))[.?!][”"’')\]*_]*)\s+|\s*\n\s*(?:\n|[-•*] )\s*/,
  zh: /(?<=[。？！][”」』）)\]]*)(?![”」』）)\]])|\s*\n\s*/,
};

export const sentencesOf = (text: string, language: Tongue): readonly string[] =>
  text
    .replaceAll(/\[[a-zA-Z][\w.-]*:\s*([^\]]*)\]/g, '\n\n$1\n\n')
    .split(ends[language])
    .map((each) => each.trim().replaceAll(/\s+/g, ' '))
    .filter((each) => each !== '');

/** The sentences that a text can become, each once. */
export const sentencesIn = ({
  text,
  icu,
  language,
}: Pick<Written, 'text' | 'icu' | 'language'>): readonly string[] => {
  const texts = icu ? alternatives(text) : [withoutExpressions(text)];
  return [...new Set(texts.flatMap((each) => sentencesOf(each, language)))];
};
