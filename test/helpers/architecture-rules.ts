// What CONTRIBUTING.md asks of the tree. Each rule takes the files and returns a sentence for each violation.
import {type Import, type Node, nameOf, type SourceFile} from './architecture.ts';
import {idleSentences} from './idle-sentences.ts';

export type Rule = (files: readonly SourceFile[]) => readonly string[];

/** `types`: only type imports. A room may import itself and what stands here, nothing else. */
type Right = {readonly to: string; readonly types?: true};

const wire: Right = {to: 'source/wire/'};
const sim: Right = {to: 'source/sim/'};
const stack: Right = {to: 'source/stack/'};
const stackTypes: Right = {...stack, types: true};
const observe: Right = {to: 'source/observe/'};
const verdict: Right = {to: 'source/verdict/'};
const account: Right = {to: 'source/account/'};
const lesson: Right = {to: 'source/lesson/'};
const quiz: Right = {to: 'source/quiz/'};
const drills: Right = {to: 'source/drills/'};
const words: Right = {to: 'source/words/'};
/** Sentences, made of data, for whoever says something. */
const catalogue: Right = {to: 'source/words/catalogue/'};
/** All that sentences are made with: they write counts as tables do. It imports nothing. */
const format: Right = {to: 'source/words/format.ts'};
/** How wide a text is: a question has to fit a screen. */
const width: Right = {to: 'source/words/width.ts'};
const view: Right = {to: 'source/view/'};
const tell: Right = {to: 'source/tell/'};
const ui: Right = {to: 'source/ui/'};
const io: Right = {to: 'source/io/'};

const typesOf = (right: Right): Right => ({...right, types: true});

const rights: Readonly<Record<string, readonly Right[]>> = {
  'source/wire/': [],
  'source/stack/': [wire],
  'source/sim/': [stack, wire],
  'source/observe/': [{to: 'source/sim/trace.ts'}, stackTypes, wire],
  'source/verdict/': [observe, stackTypes, wire],
  'source/account/': [observe, sim, stackTypes, wire],
  'source/words/catalogue/': [format],
  'source/lesson/': [catalogue, account, observe, sim, stackTypes, wire],
  'source/quiz/': [catalogue, width, lesson, account, observe, sim, stackTypes, wire],
  'source/drills/': [catalogue, lesson, account, observe, sim, stack, wire],
  'source/words/': [typesOf(drills), typesOf(quiz), lesson, account, observe, sim, stackTypes, wire],
  'source/view/': [words, drills, quiz, lesson, account, verdict, observe, sim, stackTypes, wire],
  'source/tell/': [view, words, lesson, account, typesOf(sim), wire],
  'source/page/': [typesOf(tell), typesOf(words)],
  'source/ui/': [tell, view, words, quiz, lesson, account, typesOf(observe), sim, wire],
  'source/io/': [tell, typesOf(view), words, quiz, typesOf(lesson), account, observe, sim, stackTypes, wire],
  'source/core.ts': [view, words, lesson, account, verdict, observe, sim, stack, wire],
  'source/app/': [
    ui,
    io,
    tell,
    view,
    words,
    drills,
    quiz,
    lesson,
    account,
    verdict,
    observe,
    sim,
    stack,
    wire,
  ],
  'source/commands/': [{to: 'source/'}],
  'source/loader/': [{to: 'source/commands/main.ts', types: true}],
  'cli.tsx': [{to: 'source/loader/'}, {to: 'source/app/'}],
};

const packages: Readonly<Record<string, readonly string[]>> = {
  'source/wire/': [],
  'source/stack/': ['@noble/hashes'],
  'source/sim/': ['@noble/hashes'],
  'source/observe/': ['@noble/hashes'],
  'source/verdict/': [],
  'source/account/': ['@noble/hashes'],
  'source/words/catalogue/': ['make-plural'],
  'source/lesson/': ['yaml', 'zod'],
  'source/quiz/': ['ts-fsrs'],
  'source/drills/': [],
  'source/words/': ['string-width'],
  'source/view/': ['minisearch'],
  'source/tell/': [],
  'source/page/': [],
  'source/ui/': ['ink', 'react', 'ink-select-input', 'chalk'],
  'source/io/': ['env-paths', '@noble/curves', 'node:'],
  'source/app/': ['node:'],
  'source/commands/': ['yargs', 'node:'],
  'source/loader/': ['env-paths', 'node:'],
  'cli.tsx': ['node:'],
};

const coreRooms =
  /^source\/((wire|stack|sim|observe|verdict|account|lesson|quiz|drills|words|view|tell)\/|core\.ts$)/;

const roomOf = (path: string): string | undefined =>
  Object.keys(rights).find((room) => path.startsWith(room));

const inProgram = (file: SourceFile): boolean => file.path.startsWith('source/') || file.path === 'cli.tsx';

const packageName = (specifier: string): string => {
  if (specifier.startsWith('node:')) return 'node:';
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
};

export const importTable: Rule = (files) =>
  files.filter(inProgram).flatMap((file) => {
    const room = roomOf(file.path);
    if (room === undefined) return [`${file.path} is in no room of the tree`];
    const wrong = ({file: target, typeOnly}: Import): boolean => {
      if (target === undefined || target.startsWith(room)) return false;
      return !rights[room]?.some(({to, types}) => target.startsWith(to) && (typeOnly || !types));
    };
    return file.imports
      .filter(wrong)
      .map(({specifier, typeOnly}) => `${file.path} imports ${typeOnly ? 'types of ' : ''}${specifier}`);
  });

export const packageRooms: Rule = (files) =>
  files.filter(inProgram).flatMap((file) => {
    const allowed = packages[roomOf(file.path) ?? ''] ?? [];
    return file.imports
      .filter(
        ({file: target, specifier}) => target === undefined && !allowed.includes(packageName(specifier)),
      )
      .map(({specifier}) => `${file.path} imports the package ${specifier}`);
  });

// Math functions that IEEE 754 does not pin to the last bit.
const inexact =
  /^(log|log2|log10|log1p|exp|expm1|pow|cbrt|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|hypot|random)$/;

const bannedName = (node: Node): string | undefined => {
  if (node.type === 'Identifier') {
    const name = nameOf(node);
    return name === 'Date' || name === 'Intl' ? name : undefined;
  }
  if (node.type === 'BinaryExpression' && node['operator'] === '**') {
    const literal = (side: unknown): boolean => /^\d+$/.test(nameOf(side));
    return literal(node['left']) && literal(node['right']) ? undefined : '**';
  }
  if (node.type !== 'MemberExpression') return undefined;
  const property = nameOf(node['property']);
  if (property.startsWith('toLocale') || property === 'localeCompare') return property;
  return nameOf(node['object']) === 'Math' && inexact.test(property) ? `Math.${property}` : undefined;
};

export const bannedNames: Rule = (files) =>
  files
    .filter(({path}) => coreRooms.test(path))
    .flatMap(({path, nodes}) =>
      nodes.flatMap((node) => bannedName(node) ?? []).map((name) => `${path} uses ${name}`),
    );

/** In a tiny terminal a count of cells becomes negative, which `String.repeat` takes amiss and `repeated` does not. */
export const countedRepeats: Rule = (files) =>
  files
    .filter(({path}) => /^source\/(words|view|tell)\//.test(path) && path !== 'source/words/width.ts')
    .flatMap(({path, nodes}) =>
      nodes
        .filter(({type}) => type === 'CallExpression')
        .filter((node) => nameOf((node['callee'] as Node)['property']) === 'repeat')
        .filter((node) => (node['arguments'] as readonly Node[])[0]?.type !== 'Literal')
        .map(() => `${path} calls repeat with a count that may be negative, not repeated`),
    );

const lookers = /^source\/(sim|observe|account|drills)\//;
const looks = new Set(['event', 'events', 'packet', 'stateAt', 'operandsAt']);

/** What a Trace holds is told by the account: others hold one, and ask. */
export const tracesLookedInto: Rule = (files) =>
  files
    .filter((file) => inProgram(file) && !lookers.test(file.path))
    .flatMap(({path, nodes}) =>
      nodes
        .filter(({type}) => type === 'CallExpression')
        .map((node) => node['callee'] as Node)
        .filter(({type}) => type === 'MemberExpression')
        .map((callee) => nameOf(callee['property']))
        .filter((name) => looks.has(name))
        .map((name) => `${path} calls .${name}() of a Trace, which is the account's to ask`),
    );

const isHook = (name: string): boolean => /^use[A-Z]/.test(name);

export const hooksInViews: Rule = (files) =>
  files
    .filter(({path}) => path.startsWith('source/ui/views/'))
    .flatMap(({path, nodes}) =>
      nodes
        .filter(({type}) => type === 'CallExpression')
        .map((node) => node['callee'] as Node)
        .map((callee) => nameOf(callee.type === 'MemberExpression' ? callee['property'] : callee))
        .filter(isHook)
        .map((name) => `${path} calls the hook ${name}`),
    );

/**
 * Tests count as importers: some inner parts are best held against their RFC on their own. What neither the program nor
 * a test asks for is found here.
 */
export const idleExports: Rule = (files) => {
  const used = new Map<string, Set<string>>();
  for (const file of files) {
    for (const {file: target, names} of file.imports) {
      if (target === undefined) continue;
      const known = used.get(target) ?? new Set();
      for (const name of names) known.add(name);
      used.set(target, known);
    }
  }
  return files.filter(inProgram).flatMap(({path, exports}) => {
    const known = used.get(path);
    return exports
      .filter((name) => !known?.has(name) && !known?.has('*'))
      .map((name) => `${path} exports ${name}, which nobody imports`);
  });
};

const made = (path: string): boolean => path.startsWith('source/words/catalogue/');

export const fileSizes: Rule = (files) =>
  files.flatMap(({path, lines}) => {
    if (made(path)) return [];
    const most = path === 'cli.tsx' ? 79 : 400;
    return lines > most ? [`${path} has ${lines} lines, more than ${most}`] : [];
  });

export const openingComments: Rule = (files) =>
  files
    .filter(({text}) => !/^(#!.*\n)?\s*(\/\/|\/\*)/.test(text))
    .map(({path}) => `${path} does not say what it is`);

export const fileNames: Rule = (files) =>
  files
    .filter(({path}) => path.startsWith('source/'))
    .filter(
      ({path}) => /(^|\/)(index|types)\.tsx?$|\/(utils|common|helpers)\//.test(path) || /[A-Z_]/.test(path),
    )
    .map(({path}) => `${path} has a name that says nothing, or is not in kebab-case`);

export const barrels: Rule = (files) =>
  files.flatMap(({path, nodes}) =>
    nodes.some(({type}) => type === 'ExportAllDeclaration') ? [`${path} hands on all of another file`] : [],
  );

/** Type imports count: who reads one file of a circle has to read them all. */
export const importCycles: Rule = (files) => {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    const position = trail.indexOf(path);
    if (position >= 0) cycles.push(`import cycle: ${[...trail.slice(position), path].join(' → ')}`);
    if (position >= 0 || done.has(path)) return;
    for (const {file} of byPath.get(path)?.imports ?? [])
      if (file !== undefined) visit(file, [...trail, path]);
    done.add(path);
  };
  for (const {path} of files) visit(path, []);
  return cycles;
};

// Types whose values are made by a cast, in the file that declares them and nowhere else.
const brandFiles: Readonly<Record<string, string>> = {
  Seq: 'source/wire/seq.ts',
  Foreign: 'source/account/foreign.ts',
  Written: 'source/words/written.ts',
};

export const casts: Rule = (files) =>
  files.filter(inProgram).flatMap(({path, nodes}) =>
    nodes
      .filter(({type}) => type === 'TSAsExpression')
      .map((node) => node['typeAnnotation'] as Node)
      .map((type) => nameOf(type['typeName']) || type.type)
      .filter((name) => name !== 'const' && brandFiles[name] !== path)
      .map((name) => `${path} casts to ${name}`),
  );

/** Where characters from outside are looked at, and where those of the screen go out: nobody passes these by. */
const doorways: readonly {readonly of: string; readonly name: string; readonly users: readonly string[]}[] = [
  {
    of: 'source/words/signs.ts',
    name: '*',
    users: ['source/words/written.ts', 'source/words/width.ts'],
  },
  {
    of: 'source/account/foreign.ts',
    name: 'charactersOf',
    users: ['source/account/notation.ts', 'source/words/written.ts'],
  },
  {of: 'ink', name: 'Text', users: ['source/ui/views/lines.tsx']},
];

const textDoorways: Rule = (files) =>
  files.filter(inProgram).flatMap(({path, imports}) =>
    doorways
      .filter(({users}) => !users.includes(path))
      .filter(({of, name}) =>
        imports.some(
          ({file, specifier, names}) =>
            (file ?? specifier) === of && (name === '*' || names.includes(name) || names.includes('*')),
        ),
      )
      .map(({of, users}) => `${path} takes from ${of} what only ${users.join(', ')} may`),
  );

const isBranch = (node: Node): boolean =>
  node.type === 'BinaryExpression' &&
  [node['left'], node['right']].some((side) => nameOf(side) === 'en' || nameOf(side) === 'zh');

/** What differs by language is data below `source/words/`. The page knows the two languages that it was written in. */
const languageBranches: Rule = (files) =>
  files
    .filter(inProgram)
    .filter(({path}) => !/^source\/(words|page)\//.test(path))
    .flatMap(({path, nodes}) => nodes.filter(isBranch).map(() => `${path} branches on a language`));

const charactersIn = (node: Node): string => {
  if (node.type === 'TemplateElement') return String((node['value'] as {readonly raw: string}).raw);
  return node.type === 'Literal' || node.type === 'JSXText' ? String(node['raw']) : '';
};

/** Chinese is found by its characters; whoever writes it here writes English beside it. */
const wordsInCode: Rule = (files) =>
  files
    .filter((file) => inProgram(file) && !made(file.path))
    .flatMap(({path, nodes}) =>
      nodes
        .filter((node) => /\p{Script=Han}/u.test(charactersIn(node)))
        .map((node) => `${path} has ${charactersIn(node)} in it, which belongs below source/words/`),
    );

export const rules: Readonly<Record<string, Rule>> = {
  importTable,
  packageRooms,
  bannedNames,
  countedRepeats,
  hooksInViews,
  idleExports,
  fileSizes,
  openingComments,
  fileNames,
  barrels,
  importCycles,
  casts,
  textDoorways,
  languageBranches,
  wordsInCode,
  idleSentences,
  tracesLookedInto,
};
