// Parses selectors, from data or from the text of one inside an expression.
import {parseDuration} from '../sim/fault-text.ts';
import {given} from '../sim/given.ts';
import {err, ok, type Result} from '../wire/result.ts';
import {inEvery} from '../words/catalogue/language.ts';
import {selectorParserSentences} from '../words/catalogue/lesson.ts';
import type {Parsed} from './parser.ts';
import {problemWith, type TextProblem} from './problem.ts';
import {type Path, Problems} from './problems.ts';
import {vocabulary} from './protocols.ts';
import {host as hostSchema} from './scalars.ts';
import {schemasOf} from './schema.ts';
import {schemaProblems} from './schema-problems.ts';
import type {CauseFile, SelectorFile} from './schema-script.ts';
import type {Match, Selector} from './selector.ts';
import type {Names, Place, Vocabulary} from './vocabulary.ts';
import {readYaml} from './yaml-source.ts';

const packetHeads = ['sends', 'arrives', 'drops', 'forwards'] as const;
type PacketHead = (typeof packetHeads)[number];

const isPacketHead = (head: string): head is PacketHead => packetHeads.some((each) => each === head);

/** Returns the keys that name a selector's kind of event, such as `sends` or `call`. Each selector has exactly one of them, its head. */
const headsOf = ({heads}: Vocabulary): readonly string[] => [
  ...packetHeads,
  ...Object.keys(heads),
  'call',
  'at',
  'end',
];

const conditionKeys = ({conditions}: Vocabulary): readonly string[] =>
  conditions.flatMap(({shape}) => Object.keys(shape));

/** Returns the keys that a selector may have beside its head; none beside `at` and `end`, `nth` and `after` beside all others. */
const companionsOf = (head: string, vocabulary: Vocabulary): readonly string[] => {
  if (head === 'at' || head === 'end') return [];
  if (head === 'call') return ['host', 'returns', 'nth', 'after'];
  const own = isPacketHead(head)
    ? conditionKeys(vocabulary)
    : Object.keys(vocabulary.heads[head]?.shape ?? {host: true}).filter((key) => key !== head);
  return [...own, 'nth', 'after'];
};

export const readSelector = (
  data: SelectorFile,
  path: Path,
  names: Names,
  problems: Problems,
): Selector | undefined => {
  const before = problems.found.length;
  const place = {path, names, problems};
  const {vocabulary} = names;
  const head = headOf(data, place, vocabulary);
  if (head === undefined) return undefined;
  checkCompanions(data, head, place, vocabulary);
  checkHosts(data, place, vocabulary);
  const after = data.after && readSelector(data.after, [...path, 'after'], names, problems);
  const match = matchOf(data, head, place, vocabulary);
  if (!match || problems.found.length > before) return undefined;
  return {match, ...given({nth: data.nth, after})};
};

const headOf = (data: SelectorFile, {path, problems}: Place, vocabulary: Vocabulary): string | undefined => {
  const heads = headsOf(vocabulary);
  const found = heads.filter((head) => data[head] !== undefined);
  const [head] = found;
  if (head !== undefined && found.length === 1) return head;
  const list = heads.join(', ');
  const foundList = inEvery((language) => found.join(selectorParserSentences.headOf.and[language]));
  problems.add(
    path,
    problemWith(selectorParserSentences.headOf, {several: found.length > 1, found: foundList, list}),
  );
  return undefined;
};

const checkCompanions = (
  data: SelectorFile,
  head: string,
  {path, problems}: Place,
  vocabulary: Vocabulary,
): void => {
  const companions = companionsOf(head, vocabulary);
  for (const [key, value] of Object.entries(data)) {
    if (value === undefined || key === head || companions.includes(key)) continue;
    problems.add(
      [...path, key],
      problemWith(selectorParserSentences.checkCompanions, {
        key,
        head,
        some: companions.length > 0,
        shown: companions,
      }),
      {onKey: true},
    );
  }
};

/** Checks the values of a selector that are names of hosts: `host`, and all heads that take a host. */
const checkHosts = (data: SelectorFile, {path, names, problems}: Place, {heads}: Vocabulary): void => {
  const hostHeads = Object.entries(heads).flatMap(([head, {shape}]) =>
    shape[head] === hostSchema ? head : [],
  );
  for (const key of [...packetHeads, ...hostHeads, 'host']) {
    const host = data[key];
    if (typeof host === 'string') problems.host([...path, key], host, [...names.hosts, 'any']);
  }
};

const matchOf = (
  data: SelectorFile,
  head: string,
  place: Place,
  {heads, conditions}: Vocabulary,
): Match | undefined => {
  if (data.call !== undefined) {
    const {call, host, returns} = data;
    return {kind: 'call', call, ...given({host: host === 'any' ? undefined : host, returns})};
  }
  if (data.at !== undefined) return {kind: 'at', atUs: parseDuration(data.at) ?? 0};
  if (head === 'end') return {kind: 'end'};
  if (!isPacketHead(head)) {
    const construct = heads[head];
    return construct?.compile(picked(data, Object.keys(construct.shape)), place);
  }
  const asked = conditions.map((each) => each.compile(picked(data, Object.keys(each.shape)), place));
  const host = data[head] === 'any' ? undefined : data[head];
  return {kind: 'packet', what: head, ...given({host}), ...Object.assign({}, ...asked)};
};

export const picked = (
  data: SelectorFile | CauseFile,
  keys: readonly string[],
): {readonly [key: string]: unknown} =>
  Object.fromEntries(keys.flatMap((key) => (data[key] === undefined ? [] : [[key, data[key]]])));

/** Parses a selector inside an expression, such as `{sends: client, flags: [FIN]}`. */
export const selectorIn = (source: string, names: Names): Parsed<Selector> => {
  const yaml = readYaml(source);
  if (!yaml.ok) return refused(yaml.error);
  const {data, offsetOf} = yaml.value;
  const schema = schemasOf(names.vocabulary).selector;
  const shape = schema.safeParse(data);
  const problems = new Problems();
  const selector = shape.success ? readSelector(shape.data, [], names, problems) : undefined;
  if (selector) return ok(selector);
  const found = shape.success ? problems.found : schemaProblems(schema, data, shape.error.issues);
  return refused(
    found.map(({path, onKey, inside: _, ...each}) => ({
      ...each,
      offset: offsetOf(path, {onKey: onKey ?? false}),
    })),
  );
};

const refused = (found: readonly TextProblem[]): Parsed<Selector> => {
  const [first = noSelector, ...others] = found;
  return err([first, ...others]);
};

const noSelector = {
  ...selectorParserSentences.noSelector,
  offset: 0,
};

/** Parses a selector that a user types; returns only the first error. */
export const parseSelector = (
  source: string,
  names: Omit<Names, 'vocabulary'>,
): Result<Selector, TextProblem> => {
  const parsed = selectorIn(source, {...names, vocabulary});
  return parsed.ok ? parsed : err(parsed.error[0]);
};
