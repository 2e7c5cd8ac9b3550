// source/words/<language>/*.yaml → source/words/catalogue/*.ts: each sentence in every language, a text or a function of what
// it takes. English stands in for what a further language lacks. Called by build.mjs and before the tests.
import {createHash} from 'node:crypto';
import {existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import * as categories from 'make-plural/pluralCategories';
import {
  type Compiled,
  clash,
  compileMessage,
  joined,
  type Parameter,
  type Plural,
  typeOf,
} from './catalogue/message.ts';
import {type Entry, type Message, messagesOf, readTopic} from './catalogue/topic.ts';

/** Of these nothing may be missing; the first stands in for what others lack. */
const complete = ['en', 'zh'] as const;
const [base] = complete;

type Language = {
  readonly tag: string;
  /** As its rules are called in the table of CLDR, such as `pt` of `pt-BR`. */
  readonly rule: string;
  readonly plural: Plural;
  readonly comma: string;
};

/** Text by path, such as `zh/keys.yaml`. */
type Files = ReadonlyMap<string, string>;

type Catalogue = {
  /** Text by file name. */
  readonly modules: ReadonlyMap<string, string>;
  readonly problems: readonly string[];
  /** By language, of those that may lack some: `menu.yaml: blurb`. */
  readonly missing: ReadonlyMap<string, readonly string[]>;
};

/** What goes wrong is gathered: all of it is told at once. */
type Desk = {
  readonly languages: readonly Language[];
  readonly problems: string[];
  readonly missing: Map<string, string[]>;
};

const quoted = (text: string): string => JSON.stringify(text);

const pathOf = ({key}: Entry): string => key.join('.');

/** `En`, `ZhHant`. */
const nameOf = ({tag}: Language): string =>
  tag.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());

const sayOf = (language: Language): string => `say${nameOf(language)}`;
const listOf = (language: Language): string => `list${nameOf(language)}`;

const languageModule = (languages: readonly Language[], tags: readonly string[]): string => `
export const languages = [${tags.map(quoted).join(', ')}] as const;

export type Language = (typeof languages)[number];

/** What a sentence may take: numbers come in as they are to stand, a text as what it says in the same language. */
export type Value = string | number | {readonly [language in Language]: string};

const said = (value: Value, language: Language): string | number =>
  typeof value === 'object' ? value[language] : value;

const writing =
  (language: Language) =>
  (parts: readonly string[], ...values: readonly Value[]): string =>
    values.reduce<string>((text, value, index) => \`\${text}\${said(value, language)}\${parts[index + 1]}\`, parts[0] ?? '');

const listing =
  (language: Language, comma: string) =>
  (items: readonly Value[]): string =>
    items.map((item) => said(item, language)).join(comma);

${languages.map((language) => `export const ${sayOf(language)} = writing(${quoted(language.tag)});\nexport const ${listOf(language)} = listing(${quoted(language.tag)}, ${quoted(language.comma)});\n`).join('')}
/** In the order of the languages. */
export const each = <T>(${tags.map((_, index) => `text${index}: T`).join(', ')}): {readonly [language in Language]: T} => ({
${tags.map((tag, index) => `  ${quoted(tag)}: text${index},`).join('\n')}
});

export const inEvery = <T>(make: (language: Language) => T): {readonly [language in Language]: T} => ({
${tags.map((tag) => `  ${quoted(tag)}: make(${quoted(tag)}),`).join('\n')}
});
`;

/** For whoever translates: loaded only where it is asked for. */
const missingModule = (missing: Catalogue['missing']): string => `
export const missing: {readonly [language: string]: readonly string[]} = ${JSON.stringify(Object.fromEntries(missing), undefined, 2)};
`;

type Translation = {readonly language: Language; readonly messages: ReadonlyMap<string, Message>};

const compiledBy = (desk: Desk, {language, messages}: Translation, entry: Message) => {
  const own = messages.get(pathOf(entry));
  const {rule, plural} = own === undefined ? (desk.languages[0] ?? language) : language;
  const {text, place} = own ?? entry;
  try {
    const hand = {say: sayOf(language), list: listOf(language), plural: `${rule}Plural`};
    return {tag: language.tag, place, ...compileMessage(text, plural, hand)};
  } catch (problem) {
    const said = problem instanceof Error ? problem.message : String(problem);
    desk.problems.push(`${place}: ${pathOf(entry)}: ${said}`);
    return undefined;
  }
};

/** What one language writes no other may leave out; what it only counts or chooses by it may. */
const unequal = (own: Compiled['parameters'], english: Compiled['parameters']): string | undefined => {
  const strange = [...own.keys()].find((name) => !english.has(name));
  if (strange !== undefined)
    return `{${strange}} is not in ${base}\n  known: ${[...english.keys()].join(', ') || 'none'}`;
  const lacking = [...english].find(([name, {written}]) => written && !own.has(name));
  return (
    lacking &&
    `{${lacking[0]}} is left out\n  where it has no place write {${lacking[0]}, select, undefined {} other {}}`
  );
};

/** What it takes by all languages, what it says by each. */
const messageSource = (
  desk: Desk,
  translations: readonly Translation[],
  {entry, groups}: {readonly entry: Message; readonly groups: boolean},
): string => {
  const compiled = translations.flatMap((translation) => compiledBy(desk, translation, entry) ?? []);
  const parameters = new Map<string, Parameter>();
  for (const {parameters: own, place} of compiled) {
    const wrong = unequal(own, compiled[0]?.parameters ?? own);
    if (wrong) desk.problems.push(`${place}: ${pathOf(entry)}: ${wrong}`);
    for (const [name, parameter] of own) {
      const both = joined(parameters.get(name), parameter);
      if (both === undefined) desk.problems.push(`${place}: ${pathOf(entry)}: ${clash(name)}`);
      else parameters.set(name, both);
    }
  }
  const types = [...parameters].map(([name, parameter]) => `readonly ${name}: ${typeOf(parameter)}`);
  const before = types.length === 0 ? '' : `(p: {${types.join('; ')}}): string => `;
  const counted = new Set([...parameters].flatMap(([name, {agrees}]) => (agrees && groups ? [name] : [])));
  return `each(${compiled.map(({source}) => `${before}${source(counted)}`).join(', ')})`;
};

const entrySource = (entry: Entry, message: (entry: Message) => string): string => {
  if ('text' in entry) return message(entry);
  const inner = entry.entries.map(
    (each) => `${quoted(each.key.at(-1) ?? '')}: ${entrySource(each, message)},\n`,
  );
  return `{\n${inner.join('')}}`;
};

/** What these topics say of a run is reckoned with: its numbers stand as packets and panels have them. */
const reckoned =
  /^(?:told|why|ask-.+|predictions|challenge|sequence|windows|timers|message|layers|lesson|interview)$/;

type Topic = {
  readonly name: string;
  readonly translations: readonly Translation[];
  readonly entries: readonly Entry[];
};

const topicModule = (desk: Desk, {name, translations, entries}: Topic): string => {
  const message = (entry: Message): string =>
    messageSource(desk, translations, {entry, groups: !reckoned.test(name)});
  const body = entries
    .map((entry) => `\nexport const ${entry.key[0]} = ${entrySource(entry, message)};\n`)
    .join('');
  const hands = desk.languages.flatMap((language) => [sayOf(language), listOf(language)]);
  const names = ['each', ...hands.filter((hand) => new RegExp(`\\b${hand}[(\`]`).test(body))];
  if (body.includes(': Value') || body.includes('Value[]')) names.push('type Value');
  const rules = [...new Set(desk.languages.map(({rule}) => rule))].filter((rule) =>
    body.includes(`${rule}Plural(`),
  );
  return [
    ...rules.map((rule) => `import {${rule} as ${rule}Plural} from 'make-plural/cardinals';\n`),
    `import {${names.join(', ')}} from './language.ts';\n`,
    ...(body.includes('formatCount(') ? ["import {formatCount} from '../format.ts';\n"] : []),
    body,
  ].join('');
};

const languageOf = (tag: string, files: Files, problems: string[]): Language => {
  const [rule = tag] = tag.split('-');
  const plural = new Map<string, Plural>(Object.entries(categories)).get(rule);
  if (plural === undefined)
    problems.push(
      `source/words/${tag}: no plural rules of ${rule} are known\n  a folder is named by its BCP 47 tag`,
    );
  const {entries} = readTopic(files.get(`${tag}/punctuation.yaml`) ?? '', '');
  const comma = messagesOf(entries).find((message) => pathOf(message) === 'punctuation.listComma')?.text;
  return {tag, rule, plural: plural ?? {cardinal: ['other'], ordinal: ['other']}, comma: comma ?? ', '};
};

/** The sentences of a topic in each language; what only one has, and what one lacks. */
const translationsOf = (
  desk: Desk,
  files: Files,
  name: string,
): {entries: readonly Entry[]; all: Translation[]} => {
  const topics = desk.languages.map((language) => {
    const path = `${language.tag}/${name}.yaml`;
    const {entries, problems} = readTopic(files.get(path) ?? '', `source/words/${path}`);
    desk.problems.push(...problems);
    return {language, entries, messages: new Map(messagesOf(entries).map((each) => [pathOf(each), each]))};
  });
  const {entries = [], messages: wanted = new Map<string, Message>()} = topics[0] ?? {};
  for (const {language, messages} of topics) {
    for (const [key, {place}] of messages)
      if (!wanted.has(key))
        desk.problems.push(`${place}: ${base} has no ${key}\n  take it out, or write it in ${base}, too`);
    const lacking = [...wanted.keys()]
      .filter((key) => !messages.has(key))
      .map((key) => `${name}.yaml: ${key}`);
    desk.missing.set(language.tag, [...(desk.missing.get(language.tag) ?? []), ...lacking]);
  }
  return {entries, all: topics};
};

export const makeCatalogue = (files: Files): Catalogue => {
  const problems: string[] = [];
  const found = [...new Set([...files.keys()].map((path) => path.slice(0, path.indexOf('/'))))].sort();
  const tags = [...complete, ...found.filter((tag) => !complete.some((each) => each === tag))];
  const languages = tags.map((tag) => languageOf(tag, files, problems));
  const missing = new Map<string, string[]>();
  const desk: Desk = {languages, problems, missing};
  const names = new Set(
    [...files.keys()].map((path) => path.slice(path.indexOf('/') + 1).replace(/\.yaml$/, '')),
  );
  const modules = new Map<string, string>();
  const add = (name: string, from: string, text: string): void => {
    modules.set(
      `${name}.ts`,
      `// Made of source/words/${from} by scripts/catalogue.ts: change those.\n${text}`,
    );
  };
  add('language', '', languageModule(languages, tags));
  for (const name of names) {
    const {entries, all} = translationsOf(desk, files, name);
    add(name, `*/${name}.yaml`, topicModule(desk, {name, translations: all, entries}));
  }
  for (const tag of complete) {
    for (const key of missing.get(tag) ?? [])
      problems.push(`source/words/${tag}/${key} is missing\n  write it`);
    missing.delete(tag);
  }
  add('missing', '', missingModule(missing));
  return {modules, problems, missing};
};

const filesIn = (folder: string): Files =>
  new Map(
    readdirSync(folder, {recursive: true, encoding: 'utf8'})
      .filter((path) => path.endsWith('.yaml'))
      .sort()
      .map((path) => [path.replaceAll('\\', '/'), readFileSync(join(folder, path), 'utf8')]),
  );

/** Two processes may do this at once. */
const replaceFile = (file: string, text: string): void => {
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return;
  const aside = `${file}.${process.pid}`;
  writeFileSync(aside, text);
  renameSync(aside, file);
};

/** Writes what is out of date; throws with all that is wrong with the sentences. */
export const writeCatalogue = (root: string): void => {
  const words = join(root, 'source', 'words');
  const target = join(words, 'catalogue');
  const files = filesIn(words);
  const hash = createHash('sha256').update(JSON.stringify([...files]));
  for (const maker of ['catalogue.ts', 'catalogue/message.ts', 'catalogue/topic.ts'])
    hash.update(readFileSync(join(root, 'scripts', maker)));
  const stamp = hash.digest('hex');
  const stampFile = join(target, '.made-of');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  const {modules, problems, missing} = makeCatalogue(files);
  // Whoever translates wants to know the places in the files, not those in this script.
  if (problems.length > 0)
    throw new Error(`the sentences cannot be read\n${problems.join('\n')}`, {cause: 'files'});
  for (const [tag, keys] of missing)
    console.warn(
      `source/words/${tag}: ${base} stands in for ${keys.length} sentences\n  packet-tutor check --missing ${tag} names them`,
    );
  mkdirSync(target, {recursive: true});
  for (const name of readdirSync(target))
    if (name.endsWith('.ts') && !modules.has(name)) rmSync(join(target, name), {force: true});
  for (const [name, text] of modules) replaceFile(join(target, name), text);
  replaceFile(stampFile, stamp);
};
