// What packages are changed in when they are bundled, as plugins of esbuild: smaller, quicker to load, off the network.
import {readFileSync} from 'node:fs';
import {isBuiltin} from 'node:module';
import {sep} from 'node:path';
import {fileURLToPath} from 'node:url';
import {brotliCompressSync} from 'node:zlib';

/** What esbuild bundles in place of a package's file: each `from` has to be there, so that another version is looked at again. */
const changed = (path, changes) =>
  changes.reduce(
    (source, [from, to]) => {
      if (!source.includes(from))
        throw new Error(
          `${path} has another form, without ${from}: look at its change in scripts/package-changes.mjs`,
        );
      return source.replaceAll(from, () => to);
    },
    readFileSync(path, 'utf8'),
  );

// With DEV=true Ink asks for React's devtools, over a WebSocket: not in a program that keeps off the network. And it would wait for them
// at its top, which only a module can.
const withoutDevtools = {
  name: 'without-devtools',
  setup(plugins) {
    plugins.onLoad({filter: /ink[\\/]build[\\/]reconciler\.js$/}, ({path}) => ({
      contents: changed(path, [["process.env['DEV'] === 'true'", 'false']]),
    }));
  },
};

// Yoga comes as WebAssembly in a data: URL, which gzip cannot make smaller and which its loader would fetch(). Here it is unpacked and
// instantiated by Node, as the loader allows: at once, so that nobody has to wait for it at the top of a module.
const smallerYoga = {
  name: 'smaller-yoga',
  setup(plugins) {
    plugins.onLoad({filter: /yoga-wasm-base64-esm\.js$/}, ({path}) => {
      const url = /"data:application\/octet-stream;base64,([A-Za-z0-9+/=]+)"/;
      const [quoted = String(url), base64 = ''] = url.exec(readFileSync(path, 'utf8')) ?? [];
      const packed = brotliCompressSync(Buffer.from(base64, 'base64')).toString('base64');
      const contents = changed(path, [
        [quoted, '""'],
        ['loadYoga = loadYoga || {};', 'loadYoga = {instantiateWasm};'],
        ['return loadYoga.ready', 'return loadYoga'],
      ]);
      return {
        contents: `import {brotliDecompressSync} from 'node:zlib';
          const instantiateWasm = (imports, done) => {
            const wasm = new WebAssembly.Module(brotliDecompressSync(Buffer.from('${packed}', 'base64')));
            const instance = new WebAssembly.Instance(wasm, imports);
            done(instance);
            return instance.exports;
          };
          ${contents}`,
      };
    });
    plugins.onLoad({filter: /yoga-layout[\\/]dist[\\/]src[\\/]index\.js$/}, ({path}) => ({
      contents: changed(path, [['await loadYoga()', 'loadYoga()']]),
    }));
  },
};

// What a host of React may have and Ink's says it has not: without them a tenth of the reconciler is out of reach, and left out.
const smallerReconciler = {
  name: 'smaller-reconciler',
  setup(plugins) {
    plugins.onLoad({filter: /react-reconciler\.production\.js$/}, ({path}) => ({
      contents: changed(
        path,
        ['Hydration', 'Persistence', 'TestSelectors', 'Resources', 'Singletons'].flatMap((name) => [
          [`supports${name} = $$$config.supports${name}`, `no${name} = true`],
          [`supports${name}`, 'false'],
        ]),
      ),
    }));
  },
};

// What packages do when they are loaded, or at every call, and what most calls of ours never ask for: a table of all emoji, a segmenter, the
// whole help page, a package.json that is not found, which Node's assert tells with its trace. Together they took a fifth of `list`.
const laterWork = {
  name: 'later-work',
  setup(plugins) {
    const segmenter = [
      'const segmenter = new Intl.Segmenter();',
      'let known; const segmenter = {segment: (text) => (known ??= new Intl.Segmenter()).segment(text)};',
    ];
    const ascii = [
      'if (/^[\\u0020-\\u007E]*$/.test(string)) {\n\t\treturn string.length;\n\t}',
      'const columns = ambiguousIsNarrow ? plainColumns(string) : undefined; if (columns !== undefined) return columns;',
    ];
    const emoji = [
      'const rgiEmojiRegex = /^\\p{RGI_Emoji}$/v;',
      'let emoji; const rgiEmojiRegex = {test: (text) => (emoji ??= /^\\p{RGI_Emoji}$/v).test(text)};',
    ];
    const help = ['yargs.getInternalMethods().getUsageInstance().cacheHelpMessage();', ''];
    plugins.onLoad({filter: /[\\/]string-width[\\/]index\.js$/}, ({path}) => ({
      // An older one with a table of emoji: 14 KB.
      contents: path.includes('cliui')
        ? `export {default} from '../../../string-width/index.js';`
        : `${plainImport('plainColumns')} ${changed(path, [segmenter, emoji, ascii])}`,
    }));
    const asserts = [
      "import { notStrictEqual, strictEqual } from 'assert'",
      `const held = (same) => (a, b, message) => { if (Object.is(a, b) !== same) throw new Error(message); };
       const strictEqual = held(true), notStrictEqual = held(false);`,
    ];
    const yargs = {
      'build/lib/command.js': [help],
      'build/lib/yargs-factory.js': [['yargs.version();', '']],
      'lib/platform-shims/esm.mjs': [asserts],
    };
    plugins.onLoad(
      {
        filter:
          /yargs[\\/](build[\\/]lib[\\/](command|yargs-factory)\.js|lib[\\/]platform-shims[\\/]esm\.mjs)$/,
      },
      ({path}) => {
        const [, changes] = Object.entries(yargs).find(([name]) => path.split(sep).join('/').endsWith(name));
        return {contents: changed(path, changes)};
      },
    );
  },
};

// Signs that stand alone need no segmenter, and no tables of Unicode, which take 20 ms when they are first asked.
const signs = JSON.stringify(fileURLToPath(new URL('../source/words/signs.ts', import.meta.url)));
const plainImport = (name) => `import {${name}} from ${signs};`;

const plainTokens = {
  name: 'plain-tokens',
  setup(plugins) {
    // V8 of Node 20 makes a hidden class for each sign that is copied with `...`, 250 bytes of them; signs of one style share the list of it.
    plugins.onLoad({filter: /ansi-tokenize[\\/]build[\\/]styledChars\.js$/}, ({path}) => ({
      contents: changed(path, [
        ['...token,', 'type: token.type, value: token.value, fullWidth: token.fullWidth,'],
        ['styles: [...codes]', 'styles: codes'],
      ]),
    }));
    plugins.onLoad({filter: /ansi-tokenize[\\/]build[\\/]tokenize\.js$/}, ({path}) => ({
      contents: `${plainImport('isPlain')}
        const plainSegments = (text) =>
          isPlain(text.replaceAll('\\u001b', '')) ? Array.from(text, (segment, index) => ({segment, index})) : undefined;
        ${changed(path, [
          ['segmenter.segment(str)', 'plainSegments(str) ?? segmenter().segment(str)'],
          [
            'const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });',
            'let known; const segmenter = () => (known ??= new Intl.Segmenter());',
          ],
        ])}`,
    }));
  },
};

// Ink takes each row of a frame apart into signs, with a segmenter, and forgets them: here rows that did not change are known from the frame
// before. As many as a few screens have; then it begins anew. Cells without text are one; a row whose cells are those of the frame before
// is not put together again, and a text is searched for control characters once.
const keptRows = {
  name: 'kept-rows',
  setup(plugins) {
    const split = 'const characterLines = [[]];';
    const joined = 'let lines = characterLines.map(line => styledCharsToString(line));';
    const blank = /row\.push\((\{[^}]*\})\)/;
    const rowText = `
      rows = [];
      rowText(y, cells, made) {
        const known = this.rows[y];
        const same = (cell, x) => cell === known.cells[x] || (cell?.value === known.cells[x]?.value && cell?.styles === known.cells[x]?.styles);
        if (known?.cells.length === cells.length && cells.every(same)) return known.text;
        this.rows[y] = {cells, text: made()};
        return this.rows[y].text;
      }`;
    plugins.onLoad({filter: /ink[\\/]build[\\/]sanitize-ansi\.js$/}, ({path}) => ({
      contents: `${changed(path, [['export default sanitizeAnsi;', '']])}
        let searched = new Map();
        export default (text) => {
          let found = searched.get(text);
          if (found === undefined) {
            if (searched.size >= 500) searched = new Map();
            searched.set(text, (found = sanitizeAnsi(text)));
          }
          return found;
        };`,
    }));
    plugins.onLoad({filter: /ink[\\/]build[\\/]output\.js$/}, ({path}) => {
      const [pushed = String(blank), cell] = blank.exec(readFileSync(path, 'utf8')) ?? [];
      const contents = changed(path, [
        ['styledChars = new Map();', 'styledChars = new Map(); lines = new Map();'],
        ['caches = new OutputCaches();', 'caches = keptCaches();'],
        [split, `let lines = this.caches.lines.get(text); if (lines === undefined) { ${split}`],
        [joined, `${joined.replace('let ', '')} this.caches.lines.set(text, lines); }`],
        [pushed, 'row.push(blank)'],
        [
          'output\n            .map(line => {',
          'output.map((line, y) => this.caches.rowText(y, line, () => {',
        ],
        ['.trimEnd();\n        })', '.trimEnd();\n        }))'],
        ['    getStyledChars(line) {', `${rowText} getStyledChars(line) {`],
      ]);
      return {
        contents: `let kept; const keptCaches = () => (kept = kept?.styledChars.size < 500 ? kept : new OutputCaches());
          const blank = ${cell};
          ${contents}`,
      };
    });
  },
};

// Some bundled packages are CommonJS and ask for Node's own modules by require(), which a module has not.
const importedBuiltins = {
  name: 'imported-builtins',
  setup(plugins) {
    plugins.onResolve({filter: /^[a-z_:/]+$/}, ({kind, path}) =>
      kind === 'require-call' && isBuiltin(path) ? {path, namespace: 'builtin'} : undefined,
    );
    plugins.onLoad({filter: /.*/, namespace: 'builtin'}, ({path}) => ({
      contents: `export * from '${path}'; export {default} from '${path}';`,
    }));
  },
};

export const packageChanges = [
  withoutDevtools,
  smallerYoga,
  smallerReconciler,
  laterWork,
  plainTokens,
  keptRows,
  importedBuiltins,
];
