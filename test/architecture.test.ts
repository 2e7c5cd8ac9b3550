// The tree holds to CONTRIBUTING.md: who imports whom, which package lives where, what the core may not name.
import {spawnSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {describe, expect, test} from 'vitest';
import {parseFile, readTree, type SourceFile} from './helpers/architecture.ts';
import {rules} from './helpers/architecture-rules.ts';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');

const planted = (files: Readonly<Record<string, string>>): readonly SourceFile[] =>
  Object.entries(files).map(([path, text]) => parseFile(path, text));

/** For each rule: a tree that breaks it, and what the rule must answer. */
const violations: Readonly<
  Record<string, {readonly files: Record<string, string>; readonly says: readonly string[]}>
> = {
  importTable: {
    files: {
      'source/wire/a.ts': "import {b} from '../stack/b.ts';",
      'source/lesson/c.ts': "import type {T} from '../stack/b.ts'; import {b} from '../stack/b.ts';",
      'source/observe/d.ts': "import {x} from '../sim/trace.ts'; import type {y} from '../sim/world.ts';",
      'source/ui/e.tsx': "const x = await import('../io/f.ts');",
      'source/view/g.ts': "type T = import('../ui/h.ts').T;",
      'source/elsewhere/i.ts': '',
    },
    says: [
      'source/wire/a.ts imports ../stack/b.ts',
      'source/lesson/c.ts imports ../stack/b.ts',
      'source/observe/d.ts imports types of ../sim/world.ts',
      'source/ui/e.tsx imports ../io/f.ts',
      'source/view/g.ts imports types of ../ui/h.ts',
      'source/elsewhere/i.ts is in no room of the tree',
    ],
  },
  packageRooms: {
    files: {
      'source/wire/a.ts': "import {x} from '@noble/hashes/sha2.js';",
      'source/lesson/b.ts': "import {parse} from 'yaml'; import {readFileSync} from 'node:fs';",
      'source/ui/c.tsx': "import {Text} from 'ink'; import type {Argv} from 'yargs';",
    },
    says: [
      'source/wire/a.ts imports the package @noble/hashes/sha2.js',
      'source/lesson/b.ts imports the package node:fs',
      'source/ui/c.tsx imports the package yargs',
    ],
  },
  bannedNames: {
    files: {
      'source/sim/a.ts': 'const a = Math.random(); const b = new Date(); const c = Math.floor(2 ** 32);',
      'source/view/b.ts':
        "const a = (1).toLocaleString(); const b = 'a'.localeCompare('b'); const c = 2 ** a;",
      'source/io/c.ts': 'const free = new Date();',
    },
    says: [
      'source/sim/a.ts uses Math.random',
      'source/sim/a.ts uses Date',
      'source/view/b.ts uses toLocaleString',
      'source/view/b.ts uses localeCompare',
      'source/view/b.ts uses **',
    ],
  },
  countedRepeats: {
    files: {
      'source/view/a.ts': "const many = (n: number) => 'a'.repeat(n); const two = 'a'.repeat(2);",
      'source/lesson/b.ts': "const many = (n: number) => 'a'.repeat(n);",
    },
    says: ['source/view/a.ts calls repeat with a count that may be negative, not repeated'],
  },
  hooksInViews: {
    files: {
      'source/ui/views/a.tsx': 'const a = () => useState(1); const b = () => React.useMemo(() => 1);',
      'source/ui/hooks/b.ts': 'const a = () => useState(1);',
    },
    says: ['source/ui/views/a.tsx calls the hook useState', 'source/ui/views/a.tsx calls the hook useMemo'],
  },
  idleExports: {
    files: {
      'source/sim/a.ts':
        'export const used = 1; export const idle = 2; export type Idle = 1; export const lazy = 3; export const late = 4;',
      'source/sim/b.ts': "import {used} from './a.ts'; const {late} = await import('./a.ts');",
      'test/a.test.ts': "import {lazy} from '../source/sim/a.ts';",
    },
    says: ['source/sim/a.ts exports idle, which nobody imports'],
  },
  fileSizes: {
    files: {
      'source/sim/a.ts': '// a\n'.repeat(401),
      'cli.tsx': '// a\n'.repeat(80),
      'source/sim/b.ts': '// a\n'.repeat(400),
    },
    says: ['source/sim/a.ts has 401 lines, more than 400', 'cli.tsx has 80 lines, more than 79'],
  },
  openingComments: {
    files: {'source/sim/a.ts': 'const a = 1;', 'cli.tsx': '#!/usr/bin/env node\n// What it is.\n'},
    says: ['source/sim/a.ts does not say what it is'],
  },
  fileNames: {
    files: {
      'source/sim/index.ts': '',
      'source/ui/utils/a.ts': '',
      'source/ui/BigView.tsx': '',
      'source/ui/big-view.tsx': '',
    },
    says: ['source/sim/index.ts', 'source/ui/utils/a.ts', 'source/ui/BigView.tsx'].map(
      (path) => `${path} has a name that says nothing, or is not in kebab-case`,
    ),
  },
  barrels: {
    files: {'source/sim/a.ts': "export * from './b.ts';"},
    says: ['source/sim/a.ts hands on all of another file'],
  },
  importCycles: {
    files: {
      'source/sim/a.ts': "import './b.ts';",
      'source/sim/b.ts': "import {C} from './c.ts';",
      'source/sim/c.ts': "import './a.ts'; export const C = 1;",
      'source/sim/d.ts': "import type {E} from './e.ts'; export type D = 1;",
      'source/sim/e.ts': "import type {D} from './d.ts'; export type E = 1;",
    },
    says: [
      'import cycle: source/sim/a.ts → source/sim/b.ts → source/sim/c.ts → source/sim/a.ts',
      'import cycle: source/sim/d.ts → source/sim/e.ts → source/sim/d.ts',
    ],
  },
  textDoorways: {
    files: {
      'source/words/signs.ts': 'export const harmless = 1;',
      'source/view/a.ts': "import {harmless} from '../words/signs.ts';",
      'source/words/width.ts': "import {harmless} from './signs.ts';",
      'source/ui/views/a.tsx': "import {Box, Text} from 'ink';",
      'source/ui/views/lines.tsx': "import {Box, Text} from 'ink';",
      'source/ui/views/b.tsx': "import {Box} from 'ink';",
    },
    says: [
      'source/view/a.ts takes from source/words/signs.ts what only source/words/written.ts, source/words/width.ts may',
      'source/ui/views/a.tsx takes from ink what only source/ui/views/lines.tsx may',
    ],
  },
  tracesLookedInto: {
    files: {
      'source/view/a.ts': 'const at = trace.event(1);\nconst world = trace.stateAt(2);\n',
      'source/account/b.ts': 'const at = trace.event(1);\n',
    },
    says: [
      "source/view/a.ts calls .event() of a Trace, which is the account's to ask",
      "source/view/a.ts calls .stateAt() of a Trace, which is the account's to ask",
    ],
  },
  languageBranches: {
    files: {
      'source/view/a.ts': "say(language === 'zh' ? 1 : 2);",
      'source/words/b.ts': "say(language !== 'en');",
    },
    says: ['source/view/a.ts branches on a language'],
  },
  wordsInCode: {
    files: {
      'source/view/a.ts':
        "// 注释\nconst a = '分组'; const b = /丢弃/; const c = `个`; const d = /[\\u4e00-\\u9fff]/;",
      'source/words/catalogue/b.ts': "export const b = '分组';",
    },
    says: ["'分组'", '/丢弃/', '个'].map(
      (words) => `source/view/a.ts has ${words} in it, which belongs below source/words/`,
    ),
  },
  idleSentences: {
    files: {
      'source/words/catalogue/a.ts': `export const texts = {
        "named": each("a", "一"), "literal": {"one": each("b", "二"), "two": each("c", "三")}, "idle": each("d", "四"),
        "worked": {"out": each("e", "五"), "in": each("f", "六")}, "apart": {"taken": each("g", "七"), "left": each("h", "八")},
        "passed": {"on": each("i", "九")}, "tested": each("j", "十"), "either": {"a": each("k", ""), "b": each("l", ""), "c": each("m", "")},
      };
      export const alone = each("n", "十一");`,
      'source/view/b.ts': `import {texts as t, alone} from '../words/catalogue/a.ts';
        const {taken} = t.apart;
        say(t.named[language], t.literal['one'][language], t.worked[how], t.passed, t.either[is ? 'a' : 'b'], {idle: other.idle});`,
      'test/c.test.ts': "import {texts} from '../source/words/catalogue/a.ts'; say(texts.tested);",
    },
    says: ['literal.two', 'idle', 'apart.left', 'tested', 'either.c']
      .map((key) => `source/words/catalogue/a.ts has texts.${key}, which nobody says`)
      .concat('source/words/catalogue/a.ts has alone, which nobody says'),
  },
  casts: {
    files: {
      'source/wire/seq.ts': 'const a = 1 as Seq; const b = [1] as const;',
      'source/sim/a.ts': 'const a = 1 as Seq; const b = a as unknown as string;',
    },
    says: [
      'source/sim/a.ts casts to Seq',
      'source/sim/a.ts casts to TSStringKeyword',
      'source/sim/a.ts casts to TSUnknownKeyword',
    ],
  },
};

const tree = readTree(root, ['source', 'test', 'scripts', 'bench']);
const cli = parseFile('cli.tsx', readFileSync(`${root}/cli.tsx`, 'utf8'));

describe.each(Object.entries(rules))('%s', (name, rule) => {
  test('catches what breaks it', () => {
    const {files, says} = violations[name] ?? {files: {}, says: ['a planted violation is missing']};
    expect([...rule(planted(files))].sort()).toEqual([...says].sort());
  });

  test('holds in the tree', () => {
    expect(rule([cli, ...tree])).toEqual([]);
  });
});

const tracked = spawnSync('git', ['ls-files', '--', 'node_modules', 'dist', '*.tgz'], {
  cwd: root,
  encoding: 'utf8',
});

test.skipIf(tracked.status !== 0)('nothing that is installed or built is in the repository', () => {
  expect(tracked.stdout).toBe('');
});
