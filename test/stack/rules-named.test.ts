// A rule that no machine names is the cause of nothing: its text would stand in the program for nobody. That each acts in some run,
// too: tcp/rules.all.test.ts, rules-act.all.test.ts.
import {expect, test} from 'vitest';
import {type Node, parseFile, readTree, type SourceFile} from '../helpers/architecture.ts';
import {root} from '../helpers/root.ts';
import {ruleIds} from '../helpers/tcp/rules.ts';

const isList = ({path}: SourceFile): boolean => /(^|\/|-)rules\.ts$/.test(path);

/** What a comparison asks for is not done by it. */
const operandsOf = (nodes: readonly Node[]): ReadonlySet<unknown> =>
  new Set(
    nodes
      .filter(({type, operator}) => type === 'BinaryExpression' && /^[!=]==?$/.test(String(operator)))
      .flatMap(({left, right}) => [left, right]),
  );

/** Texts in the code, and how texts begin that are put together: `9846:5.2/${alert}`. */
const namedIn = ({nodes}: SourceFile): {whole: readonly string[]; begun: readonly string[]} => {
  const compared = operandsOf(nodes);
  const whole = nodes.flatMap((node) =>
    node.type === 'Literal' && typeof node['value'] === 'string' && !compared.has(node)
      ? [node['value']]
      : [],
  );
  const begun = nodes.flatMap((node) => {
    if (node.type !== 'TemplateElement' || node['tail'] === true) return [];
    const raw = /"raw":"([^"]*:[^"]*\/)"/.exec(JSON.stringify(node['value']));
    return raw?.[1] ?? [];
  });
  return {whole, begun};
};

const unnamed = (files: readonly SourceFile[]): readonly string[] => {
  const named = files.filter((file) => !isList(file)).map(namedIn);
  const whole = new Set(named.flatMap((each) => each.whole));
  const begun = named.flatMap((each) => each.begun);
  return ruleIds.filter((id) => !whole.has(id) && !begun.some((start) => id.startsWith(start)));
};

const tree = readTree(root, ['source/stack', 'source/sim']);

test('one that nobody names is found', () => {
  const [first = ''] = ruleIds;
  const listed = parseFile('source/stack/tcp/rules.ts', `export const tcpRules = ['${first}'];`);
  const compared = parseFile('source/stack/tcp/a.ts', `export const is = (id: string) => id === '${first}';`);
  const used = parseFile('source/stack/tcp/b.ts', `export const a = {because: '${first}'};`);
  expect(unnamed([listed, compared])).toContain(first);
  expect(unnamed([listed, used])).not.toContain(first);
});

test('each is named where something is done for it', () => {
  expect(unnamed(tree)).toEqual([]);
});
