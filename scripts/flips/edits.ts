// What can be made wrong at one node of a syntax tree, kind by kind. Each edit leaves a program that still compiles.

export type Tree = Readonly<Record<string, unknown>> & {
  readonly type: string;
  readonly start: number;
  readonly end: number;
};

export const kinds = [
  'comparison',
  'arithmetic',
  'logic',
  'constant',
  'call',
  'condition',
  'arms',
  'statement',
  'text',
] as const;

export type Edit = {
  readonly kind: (typeof kinds)[number];
  readonly start: number;
  readonly end: number;
  readonly after: string;
  /** As the compiler is asked, where that is something else: what a condition has narrowed, its arms still go by. */
  readonly typed?: string;
};

export type Place = {
  readonly node: Tree;
  /** Nearest first. */
  readonly ancestors: readonly Tree[];
  readonly text: string;
};

export const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && 'type' in value && 'start' in value;

const part = (node: Tree, name: string): Tree => {
  const found = node[name];
  if (!isTree(found)) throw new Error(`${node.type} without ${name}`);
  return found;
};

const source = (text: string, {start, end}: Tree): string => text.slice(start, end);

const comparisons: Readonly<Record<string, string>> = {
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '===': '!==',
  '!==': '===',
};

const arithmetic: Readonly<Record<string, string>> = {
  '+': '-',
  '-': '+',
  '*': '/',
  '/': '*',
  '%': '*',
  '&': '|',
  '|': '&',
  '<<': '>>>',
  '>>': '<<',
  '>>>': '<<',
  '+=': '-=',
  '-=': '+=',
};

const logic: Readonly<Record<string, string>> = {'&&': '||', '||': '&&'};

/** The operator between two parts of a node, exchanged. */
const exchanged = (place: Place, kind: Edit['kind'], after: string): Edit => {
  const {node, text} = place;
  const operator = String(node['operator']);
  const start = text.indexOf(operator, part(node, 'left').end);
  return {kind, start, end: start + operator.length, after};
};

const isString = (node: Tree): boolean =>
  node.type === 'TemplateLiteral' || (node.type === 'Literal' && typeof node['value'] === 'string');

const binary = (place: Place): readonly Edit[] => {
  const {node} = place;
  const operator = String(node['operator']);
  const comparison = comparisons[operator];
  if (comparison !== undefined) return [exchanged(place, 'comparison', comparison)];
  const other = arithmetic[operator];
  const joins = isString(part(node, 'left')) || isString(part(node, 'right'));
  return other === undefined || joins ? [] : [exchanged(place, 'arithmetic', other)];
};

const logical = (place: Place): readonly Edit[] => {
  const {node, text} = place;
  const other = logic[String(node['operator'])];
  if (other !== undefined) return [exchanged(place, 'logic', other)];
  return [{kind: 'logic', start: node.start, end: node.end, after: `(${source(text, part(node, 'right'))})`}];
};

const unary = ({node, text}: Place): readonly Edit[] => {
  const bare = {start: node.start, end: node.end, after: `(${source(text, part(node, 'argument'))})`};
  if (node['operator'] === '!') return [{kind: 'logic', ...bare}];
  const sign = node['operator'] === '-' && part(node, 'argument').type !== 'Literal';
  return sign ? [{kind: 'arithmetic', ...bare}] : [];
};

const oneMore = (written: string, value: number): string => {
  if (value === 1) return '0';
  return /^0x/i.test(written) ? `0x${(value + 1).toString(16)}` : String(value + 1);
};

// A word is one of a union's, which the compiler knows; spaces and signs are what people and parsers read.
const isValue = (value: string): boolean => !/^[\w$./:@-]+$/.test(value);

/** What is said in both languages, `text('one word', '一个词')`, is no value. */
const isSaid = (above: Tree | undefined, text: string): boolean =>
  above !== undefined && above.type === 'CallExpression' && /\p{Script=Han}/u.test(source(text, above));

/** `list[at] ?? 0`, `const [, day = ''] = match`: said for the compiler, which does not know that it is there. */
const isFallback = ({node, ancestors: [above, beyond]}: Place): boolean => {
  if (above?.type === 'AssignmentPattern') return above['right'] === node && beyond?.type === 'ArrayPattern';
  if (above?.type !== 'LogicalExpression' || above['operator'] !== '??' || above['right'] !== node)
    return false;
  const left = part(above, 'left');
  return left.type === 'MemberExpression' && left['computed'] === true;
};

const literal = (place: Place): readonly Edit[] => {
  const {node, ancestors, text} = place;
  const [above] = ancestors;
  const {start, end} = node;
  const value = node['value'];
  const edit = (kind: Edit['kind'], after: string): readonly Edit[] => [{kind, start, end, after}];
  if (above?.type === 'ImportExpression' || isFallback(place)) return [];
  if (typeof value === 'boolean') return edit('constant', String(!value));
  if (typeof value === 'bigint') return edit('constant', `${value + 1n}n`);
  if (typeof value === 'number') return edit('constant', oneMore(text.slice(start, end), value));
  const compared = above?.type === 'BinaryExpression' || above?.type === 'SwitchCase';
  if (typeof value !== 'string' || compared || !isValue(value) || isSaid(above, text)) return [];
  return edit('text', value === '' ? "'?'" : "''");
};

const exchangedCalls: ReadonlyMap<string, string> = new Map([
  ['Math.ceil', 'floor'],
  ['Math.floor', 'ceil'],
  ['Math.round', 'floor'],
  ['Math.min', 'max'],
  ['Math.max', 'min'],
  ['some', 'every'],
  ['every', 'some'],
  ['find', 'findLast'],
  ['findLast', 'find'],
  ['indexOf', 'lastIndexOf'],
  ['lastIndexOf', 'indexOf'],
  ['startsWith', 'endsWith'],
  ['endsWith', 'startsWith'],
]);

/** `list.find((each) => each === name)` finds the same from either end. */
const findsWhatItIsGiven = (node: Tree): boolean => {
  const [given] = Array.isArray(node['arguments']) ? node['arguments'] : [];
  if (!isTree(given) || given.type !== 'ArrowFunctionExpression') return false;
  const [name] = Array.isArray(given['params']) ? given['params'] : [];
  const body = part(given, 'body');
  if (!isTree(name) || body.type !== 'BinaryExpression' || body['operator'] !== '===') return false;
  return [part(body, 'left'), part(body, 'right')].some((each) => each['name'] === name['name']);
};

const leftOut = ['slice', 'subarray', 'filter', 'toSorted', 'toReversed', 'trim'];

const call = ({node, text}: Place): readonly Edit[] => {
  const callee = part(node, 'callee');
  if (callee.type !== 'MemberExpression' || callee['computed'] === true) return [];
  const property = part(callee, 'property');
  const name = source(text, property);
  const object = part(callee, 'object');
  const other = exchangedCalls.get(name) ?? exchangedCalls.get(`${source(text, object)}.${name}`);
  if (name === 'find' && findsWhatItIsGiven(node)) return [];
  if (other !== undefined) return [{kind: 'call', start: property.start, end: property.end, after: other}];
  const copies = name === 'slice' && source(text, node).endsWith('()');
  if (!leftOut.includes(name) || copies) return [];
  return [{kind: 'call', start: object.end, end: node.end, after: ''}];
};

const condition = ({node, text}: Place): readonly Edit[] => {
  const {start, end} = part(node, 'test');
  const asked = `(${text.slice(start, end)})`;
  return [
    {kind: 'condition', start, end, after: 'true', typed: `${asked} || Boolean(1)`},
    {kind: 'condition', start, end, after: 'false', typed: `${asked} && Boolean(0)`},
  ];
};

const arms = ({node, text}: Place): readonly Edit[] => {
  const [yes, no] = [part(node, 'consequent'), part(node, 'alternate')];
  const between = text.slice(yes.end, no.start);
  const after = source(text, no) + between + source(text, yes);
  return [{kind: 'arms', start: yes.start, end: no.end, after}];
};

const effects = ['CallExpression', 'AssignmentExpression', 'UpdateExpression', 'AwaitExpression'];

const statement = ({node}: Place): readonly Edit[] =>
  effects.includes(part(node, 'expression').type)
    ? [{kind: 'statement', start: node.start, end: node.end, after: '{}'}]
    : [];

const assignment = (place: Place): readonly Edit[] => {
  const other = arithmetic[String(place.node['operator'])];
  const joins = isString(part(place.node, 'right'));
  return other === undefined || joins ? [] : [exchanged(place, 'arithmetic', other)];
};

const byType: Readonly<Record<string, (place: Place) => readonly Edit[]>> = {
  BinaryExpression: binary,
  LogicalExpression: logical,
  UnaryExpression: unary,
  Literal: literal,
  CallExpression: call,
  IfStatement: condition,
  ConditionalExpression: arms,
  ExpressionStatement: statement,
  AssignmentExpression: assignment,
};

export const editsOf = (place: Place): readonly Edit[] => byType[place.node.type]?.(place) ?? [];
