// Selector data → Selector, and the text of one inside an expression → Selector.
import {parseDuration} from '../sim/fault-text.ts';
import {err, ok, type Result} from '../wire/result.ts';
import type {Names} from './parser.ts';
import {problem, type TextProblem, text} from './problem.ts';
import {type Path, Problems} from './problems.ts';
import {type SelectorFile, selectorSchema} from './schema.ts';
import {schemaProblems} from './schema-problems.ts';
import type {Match, Selector} from './selector.ts';
import {readYaml} from './yaml-source.ts';

const kinds = ['sends', 'arrives', 'drops', 'enters', 'timer', 'delivers', 'call', 'at', 'end'] as const;
type Kind = (typeof kinds)[number];

const packetKeys = ['flags', 'carries', 'length', 'retransmission'];

/** What may stand beside each kind; `after` may always, `nth` where there can be several. */
const companions: {readonly [kind in Kind]: readonly string[]} = {
  sends: packetKeys,
  arrives: packetKeys,
  drops: packetKeys,
  enters: ['host'],
  timer: ['host', 'op'],
  delivers: ['length'],
  call: ['host', 'returns'],
  at: [],
  end: [],
};

const lonely: readonly Kind[] = ['at', 'end'];

export const readSelector = (
  data: SelectorFile,
  path: Path,
  names: Names,
  problems: Problems,
): Selector | undefined => {
  const before = problems.found.length;
  const given = kinds.filter((kind) => data[kind] !== undefined);
  const [kind] = given;
  if (kind === undefined || given.length > 1) {
    const list = kinds.join(', ');
    problems.add(
      path,
      problem(
        text(
          given.length > 1
            ? `a selector is about one event, not ${given.join(' and ')}`
            : 'this selects no event',
          given.length > 1 ? `一个选择式只说一种事件，这里有 ${given.join('、')}` : '没有说明选择哪种事件',
        ),
        text(`exactly one of: ${list}`, `只写其中一个：${list}`),
      ),
    );
    return undefined;
  }
  checkCompanions(data, kind, path, problems);
  checkHosts(data, path, names, problems);
  const after =
    data.after === undefined ? undefined : readSelector(data.after, [...path, 'after'], names, problems);
  const match = matchOf(data, kind);
  if (!match || problems.found.length > before) return undefined;
  return {match, ...(data.nth === undefined ? {} : {nth: data.nth}), ...(after ? {after} : {})};
};

const checkCompanions = (data: SelectorFile, kind: Kind, path: Path, problems: Problems): void => {
  const allowed: readonly string[] = [
    kind,
    ...companions[kind],
    ...(lonely.includes(kind) ? [] : ['nth', 'after']),
  ];
  for (const [key, value] of Object.entries(data)) {
    if (value === undefined || allowed.includes(key)) continue;
    problems.add(
      [...path, key],
      problem(
        text(`${key}: does not go with ${kind}:`, `${key}: 不能和 ${kind}: 一起用`),
        text(
          `beside ${kind}: may stand ${allowed.slice(1).join(', ') || 'nothing'}`,
          `${kind}: 旁边可以写 ${allowed.slice(1).join('、') || '（没有）'}`,
        ),
      ),
      {onKey: true},
    );
  }
};

const checkHosts = (data: SelectorFile, path: Path, names: Names, problems: Problems): void => {
  for (const key of ['sends', 'arrives', 'drops', 'delivers', 'host'] as const) {
    const host = data[key];
    if (host !== undefined) problems.host([...path, key], host, [...names.hosts, 'any']);
  }
};

const matchOf = (data: SelectorFile, kind: Kind): Match | undefined => {
  const on = (host: string | undefined) => (host === undefined || host === 'any' ? {} : {host});
  if (kind === 'sends' || kind === 'arrives' || kind === 'drops') {
    const {flags, carries, length, retransmission} = data;
    return {
      kind: 'packet',
      what: kind,
      ...on(data[kind]),
      ...(flags ? {flags} : {}),
      ...(carries ? {carries} : {}),
      ...(length === undefined ? {} : {length}),
      ...(retransmission === undefined ? {} : {retransmission}),
    };
  }
  if (data.enters) return {kind: 'enters', state: data.enters, ...on(data.host)};
  if (data.timer) return {kind: 'timer', name: data.timer, op: data.op ?? 'fire', ...on(data.host)};
  if (data.delivers) {
    return {
      kind: 'delivers',
      ...on(data.delivers),
      ...(data.length === undefined ? {} : {length: data.length}),
    };
  }
  if (data.call) {
    return {
      kind: 'call',
      call: data.call,
      ...on(data.host),
      ...(data.returns ? {returns: data.returns} : {}),
    };
  }
  if (data.at !== undefined) return {kind: 'at', atUs: parseDuration(data.at) ?? 0};
  return kind === 'end' ? {kind} : undefined;
};

/** `{sends: client, flags: [FIN]}`, as it stands inside an expression. */
export const parseSelector = (source: string, names: Names): Result<Selector, TextProblem> => {
  const yaml = readYaml(source);
  if (!yaml.ok) return err(yaml.error[0] ?? {...problem(text('', ''), text('', '')), offset: 0});
  const {data, offsetOf} = yaml.value;
  const shape = selectorSchema.safeParse(data);
  const problems = new Problems();
  const selector = shape.success ? readSelector(shape.data, [], names, problems) : undefined;
  const [first] = shape.success ? problems.found : schemaProblems(selectorSchema, data, shape.error.issues);
  if (selector) return ok(selector);
  const {message, remedy, path, onKey} = first ?? {
    ...problem(text('no selector', '不是选择式'), text('', '')),
    path: [],
  };
  return err({message, remedy, offset: offsetOf(path, {onKey: onKey ?? false})});
};
