// The rules of the tree as functions over parsed files: each returns the violations it finds, as sentences.
import {readdirSync, readFileSync} from 'node:fs';
import {relative, sep} from 'node:path';
import {dirname, join, normalize} from 'node:path/posix';
import {parseSync} from 'oxc-parser';

export type Node = Readonly<Record<string, unknown>> & {readonly type: string; readonly start: number};

export type Import = {
  readonly specifier: string;
  /** Path in the repository for relative imports. */
  readonly file: string | undefined;
  readonly typeOnly: boolean;
  /** Names asked for; `*` for a namespace, a bare import or a dynamic import that is not taken apart. */
  readonly names: readonly string[];
};

export type SourceFile = {
  readonly path: string;
  readonly text: string;
  readonly lines: number;
  readonly nodes: readonly Node[];
  readonly imports: readonly Import[];
  /** Values only: a type is exported for whoever wants to name what a function takes. Those of a test are left out. */
  readonly exports: readonly string[];
};

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value;

/** In place: of a million nodes each list that is made for a moment counts. */
const allNodes = (program: unknown): readonly Node[] => {
  const found: Node[] = [];
  const waiting = isNode(program) ? [program] : [];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    found.push(node);
    for (const key in node) {
      const value = node[key];
      if (Array.isArray(value)) {
        for (const each of value) if (isNode(each)) waiting.push(each);
      } else if (isNode(value)) waiting.push(value);
    }
  }
  return found;
};

export const nameOf = (node: unknown): string =>
  isNode(node) ? String(node['name'] ?? node['value'] ?? '') : '';

const field = (node: unknown, name: string): unknown => (isNode(node) ? node[name] : undefined);

/** `(await import('./x.ts')).name` and `const {name} = await import('./x.ts')`. */
const dynamicNames = (nodes: readonly Node[]): ReadonlyMap<number, readonly string[]> => {
  const names = new Map<number, readonly string[]>();
  const imported = (node: unknown): Node | undefined => {
    const inner = field(node, 'type') === 'AwaitExpression' ? field(node, 'argument') : undefined;
    if (field(inner, 'type') === 'ParenthesizedExpression') return imported(field(inner, 'expression'));
    return isNode(inner) && inner.type === 'ImportExpression' ? inner : undefined;
  };
  const unwrapped = (node: unknown): unknown =>
    field(node, 'type') === 'ParenthesizedExpression' ? field(node, 'expression') : node;
  for (const node of nodes) {
    if (node.type === 'MemberExpression') {
      const from = imported(unwrapped(node['object']));
      if (from) names.set(from.start, [nameOf(node['property'])]);
    }
    if (node.type === 'VariableDeclarator' && field(node['id'], 'type') === 'ObjectPattern') {
      const from = imported(unwrapped(node['init']));
      const properties = field(node['id'], 'properties');
      if (from && Array.isArray(properties))
        names.set(
          from.start,
          properties.map((p) => nameOf(field(p, 'key'))),
        );
    }
  }
  return names;
};

const resolve = (path: string, specifier: string): string | undefined =>
  specifier.startsWith('.') ? normalize(join(dirname(path), specifier)) : undefined;

const importsOf = (path: string, nodes: readonly Node[]): readonly Import[] => {
  const imports: Import[] = [];
  const dynamic = dynamicNames(nodes);
  const add = (specifier: string, typeOnly: boolean, names: readonly string[]): void => {
    imports.push({specifier, file: resolve(path, specifier), typeOnly, names});
  };
  for (const node of nodes) {
    const specifier = nameOf(node['source']);
    const parts = Array.isArray(node['specifiers']) ? node['specifiers'] : [];
    if (node.type === 'ImportDeclaration') {
      const names = parts.map((part) =>
        part.type === 'ImportSpecifier'
          ? nameOf(part.imported)
          : part.type === 'ImportDefaultSpecifier'
            ? 'default'
            : '*',
      );
      const typeOnly =
        node['importKind'] === 'type' ||
        (parts.length > 0 && parts.every((part) => part.importKind === 'type'));
      add(specifier, typeOnly, names.length > 0 ? names : ['*']);
    } else if (node.type === 'ExportNamedDeclaration' && isNode(node['source'])) {
      add(
        specifier,
        node['exportKind'] === 'type',
        parts.map((part) => nameOf(part.local)),
      );
    } else if (node.type === 'ExportAllDeclaration') {
      add(specifier, node['exportKind'] === 'type', ['*']);
    } else if (node.type === 'ImportExpression') {
      add(specifier, false, dynamic.get(node.start) ?? ['*']);
    } else if (node.type === 'TSImportType') {
      add(nameOf(node['source'] ?? node['argument']), true, ['*']);
    }
  }
  return imports;
};

const patternNames = (pattern: unknown): readonly string[] => {
  if (field(pattern, 'type') !== 'ObjectPattern') return [nameOf(pattern)];
  const properties = field(pattern, 'properties');
  return Array.isArray(properties) ? properties.map((property) => nameOf(field(property, 'value'))) : [];
};

const exportsOf = (nodes: readonly Node[]): readonly string[] =>
  nodes.flatMap((node) => {
    if (node.type === 'ExportDefaultDeclaration') return ['default'];
    if (node.type !== 'ExportNamedDeclaration' || node['exportKind'] === 'type') return [];
    const declaration = node['declaration'];
    if (isNode(declaration)) {
      const declarators = declaration['declarations'];
      return Array.isArray(declarators)
        ? declarators.flatMap((declarator) => patternNames(field(declarator, 'id')))
        : [nameOf(declaration['id'])];
    }
    const parts = node['specifiers'];
    return Array.isArray(parts) ? parts.map((part) => nameOf(field(part, 'exported'))) : [];
  });

const nodesIn = (list: readonly unknown[]): readonly Node[] => list.filter(isNode);

/**
 * Returns whether the imports at the top of a file are all that is needed of it. The rules look only at what a test imports, unless it imports
 * something later by `import()`.
 */
const isReadAtTheTop = (path: string, text: string): boolean =>
  path.startsWith('test/') && !text.includes('import(');

/** Matches the comments and the imports with which a file begins. */
const head = /^(?:(?:\/\/.*|#!.*|\/\*[\s\S]*?\*\/|import [^;]*;)?\n)*/;

/** Returns as much of a file as has to be parsed: of most tests only the head, a tenth of the text. */
const neededOf = (path: string, text: string): string => {
  if (!isReadAtTheTop(path, text)) return text;
  const [top = ''] = head.exec(text) ?? [];
  return /^(?:import\b|export\b[^;]* from ')/m.test(text.slice(top.length)) ? text : top;
};

export const parseFile = (path: string, text: string): SourceFile => {
  const {program, errors} = parseSync(path, neededOf(path, text));
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`);
  const nodes = isReadAtTheTop(path, text) ? nodesIn(program.body) : allNodes(program);
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  return {path, text, lines, nodes, imports: importsOf(path, nodes), exports: exportsOf(nodes)};
};

/** Every TypeScript and JavaScript file below `folders` of the repository. */
export const readTree = (root: string, folders: readonly string[]): readonly SourceFile[] =>
  folders.flatMap((folder) =>
    readdirSync(join(root, folder), {recursive: true, withFileTypes: true})
      .filter((entry) => entry.isFile() && /\.(tsx?|mjs)$/.test(entry.name))
      .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
      .sort()
      .map((path) => parseFile(path, readFileSync(join(root, path), 'utf8'))),
  );
