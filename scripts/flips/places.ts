// Where a source file can be made wrong in one place: operators, constants, conditions, statements, found in its syntax
// tree, so that types, comments, imports and messages stay as they are.
import {parseSync} from 'oxc-parser';
import {type Edit, editsOf, isTree, type Tree} from './edits.ts';

export type Flip = Edit & {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly before: string;
};

// What has no value at run time, and what is only said.
const passedOver = /^(Import|ExportAll|TSInterface|TSTypeAlias|TSType|TSDeclare|ThrowStatement|Directive)/;
const typeKeys = ['typeAnnotation', 'typeArguments', 'typeParameters', 'returnType', 'superTypeArguments'];

const keysOf = (node: Tree): readonly string[] =>
  (Array.isArray(node['properties']) ? node['properties'] : []).flatMap((property: Tree) =>
    isTree(property['key']) ? [String(property['key']['name'] ?? property['key']['value'])] : [],
  );

/** A text in both languages. */
const isText = (node: Tree): boolean => {
  const keys = keysOf(node);
  return keys.includes('en') && keys.includes('zh');
};

const childrenOf = (node: Tree): readonly Tree[] => {
  if (passedOver.test(node.type) || isText(node)) return [];
  const unread = node.type === 'Property' && node['computed'] !== true ? [...typeKeys, 'key'] : typeKeys;
  return Object.entries(node)
    .filter(([name]) => !unread.includes(name))
    .flatMap(([, value]) => (Array.isArray(value) ? value : [value]))
    .filter(isTree);
};

export const flipsOf = (file: string, text: string): readonly Flip[] => {
  const {program, errors} = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const flips: Flip[] = [];
  const visit = (node: Tree, ancestors: readonly Tree[]): void => {
    for (const edit of editsOf({node, ancestors, text})) {
      const start = text.slice(0, edit.start).split('\n');
      flips.push({
        ...edit,
        file,
        line: start.length,
        column: (start.at(-1) ?? '').length + 1,
        before: text.slice(edit.start, edit.end),
      });
    }
    for (const child of childrenOf(node)) visit(child, [node, ...ancestors].slice(0, 2));
  };
  if (isTree(program)) visit(program, []);
  return flips;
};

export const flipped = (text: string, {start, end, after}: Flip): string =>
  text.slice(0, start) + after + text.slice(end);
