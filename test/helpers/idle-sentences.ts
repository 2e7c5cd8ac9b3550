// Sentences of the catalogue that nobody says: which of a module's keys are named where it is imported.
import {oncePer} from '../../source/wire/once-per.ts';
import {type Node, nameOf, type SourceFile} from './architecture.ts';

const catalogue = 'source/words/catalogue/';

/** From the name that a module exports down to a sentence. `*`: a key that is worked out. */
type Path = readonly string[];

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value;

const nodesIn = (value: unknown): readonly Node[] => (Array.isArray(value) ? value.filter(isNode) : []);

const leavesOf = (value: unknown, path: Path): readonly Path[] =>
  isNode(value) && value.type === 'ObjectExpression'
    ? nodesIn(value['properties']).flatMap((each) => leavesOf(each['value'], [...path, nameOf(each['key'])]))
    : [path];

const sentencesOf = ({nodes}: SourceFile): readonly Path[] =>
  nodes
    .filter(({type}) => type === 'ExportNamedDeclaration')
    .flatMap(({declaration}) => (isNode(declaration) ? nodesIn(declaration['declarations']) : []))
    .flatMap(({id, init}) => leavesOf(init, [nameOf(id)]));

/** Names that `object[key]` may stand for. */
const keysOf = (key: unknown): readonly string[] => {
  if (!isNode(key)) return ['*'];
  if (key.type === 'ConditionalExpression') return [key['consequent'], key['alternate']].flatMap(keysOf);
  return key.type === 'Literal' ? [nameOf(key)] : ['*'];
};

/** undefined: it does not begin with a name. */
const chainsOf = (node: Node): readonly Path[] => {
  if (node.type === 'Identifier') return [[nameOf(node)]];
  const {object, property} = node;
  if (node.type !== 'MemberExpression' || !isNode(object)) return [];
  const keys = node['computed'] === true ? keysOf(property) : [nameOf(property)];
  return chainsOf(object).flatMap((chain) => keys.map((key) => [...chain, key]));
};

/** Returns the name with which `name.key.key` begins; undefined: it does not begin with a name. */
const rootOf = (node: Node): string | undefined => {
  if (node.type === 'Identifier') return nameOf(node);
  const {object} = node;
  return node.type === 'MemberExpression' && isNode(object) ? rootOf(object) : undefined;
};

/** `const {a, b} = texts`: the initial value, and the names that are taken of it. */
const takenApart = (node: Node): readonly Path[] => {
  const {id, init} = node;
  if (node.type !== 'VariableDeclarator' || !isNode(id) || id.type !== 'ObjectPattern' || !isNode(init))
    return [];
  const names = nodesIn(id['properties']).map((each) =>
    each.type === 'RestElement' ? '*' : nameOf(each['key']),
  );
  return chainsOf(init).flatMap((chain) => names.map((name) => [...chain, name]));
};

/** Names that are no values: keys, what follows a point, what is imported, types. */
const namesOnly = (nodes: readonly Node[]): ReadonlySet<unknown> =>
  new Set(
    nodes.flatMap((node) => {
      if (node.type === 'MemberExpression')
        return node['computed'] === true ? [node['object']] : [node['object'], node['property']];
      if (node.type === 'Property')
        return node['computed'] === true || node['shorthand'] === true ? [] : [node['key']];
      if (node.type === 'ImportSpecifier') return [node['imported'], node['local']];
      if (node.type === 'TSTypeQuery') return [node['exprName']];
      if (node.type === 'TSQualifiedName') return [node['left'], node['right']];
      if (node.type === 'TSPropertySignature') return [node['key']];
      return takenApart(node).length > 0 ? [node['init']] : [];
    }),
  );

/** What a file takes, and its own names for what it imports. */
const takenIn = oncePer(({nodes}: SourceFile) => {
  const locals = new Map<string, string>();
  for (const node of nodes)
    if (node.type === 'ImportSpecifier') locals.set(nameOf(node['local']), nameOf(node['imported']));
  const names = namesOnly(nodes);
  const taken = nodes.flatMap((node) => {
    if (node.type === 'VariableDeclarator') return takenApart(node);
    return locals.has(rootOf(node) ?? '') && !names.has(node) ? chainsOf(node) : [];
  });
  return {locals, taken};
});

/** What a file takes of a module, by the names that the module has for it. */
const takenFrom = (file: SourceFile, target: string): readonly Path[] => {
  const asked = file.imports.filter(({file: asks}) => asks === target);
  if (asked.length === 0) return [];
  if (asked.some(({names}) => names.includes('*'))) return [['*']];
  const {locals, taken} = takenIn(file);
  return taken.flatMap(([first = '', ...rest]) => {
    const name = locals.get(first);
    return name === undefined ? [] : [[name, ...rest]];
  });
};

const covers = (taken: Path, sentence: Path): boolean =>
  sentence.every((key, index) => {
    const asked = taken[index];
    return asked === undefined || asked === '*' || asked === key;
  });

/** Tests do not count: what only they read nobody is told. */
export const idleSentences = (files: readonly SourceFile[]): readonly string[] => {
  // What writes sentences is no sentence.
  const isTopic = (path: string): boolean => path.startsWith(catalogue) && !path.endsWith('/language.ts');
  const users = files.filter(({path}) => !path.startsWith('test/') && !path.startsWith(catalogue));
  return files
    .filter(({path}) => isTopic(path))
    .flatMap((file) => {
      const all = users.flatMap((user) => takenFrom(user, file.path));
      const taken = [...new Map(all.map((path) => [path.join(' '), path])).values()];
      return sentencesOf(file)
        .filter((sentence) => !taken.some((each) => covers(each, sentence)))
        .map((sentence) => `${file.path} has ${sentence.join('.')}, which nobody says`);
    });
};
