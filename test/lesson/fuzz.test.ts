// Texts that were damaged: whatever reads lessons, scripts, replays, progress and answers says what is wrong, or runs what is
// left; it never throws. How many: `runs`, twenty times as many in `npm run test:long`.
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {lessonFiles} from '../../scripts/lesson-files.ts';
import {simulate} from '../../scripts/simulate.ts';
import {parseScript} from '../../source/drills/packetdrill/parse.ts';
import {parseReplay} from '../../source/drills/rpl/parse.ts';
import {runReplay} from '../../source/drills/rpl/run.ts';
import {certificateTexts} from '../../source/io/lessons.ts';
import {zoneTexts} from '../../source/io/zone-files.ts';
import {checkLesson} from '../../source/lesson/check.ts';
import {loadLesson} from '../../source/lesson/load.ts';
import {readAnswers} from '../../source/quiz/answer-file.ts';
import {progressText, readProgress} from '../../source/quiz/progress-format.ts';
import {parseFault} from '../../source/sim/fault-text.ts';
import {decodeReplay} from '../../source/sim/replay.ts';
import {parseZone} from '../../source/stack/dns/zone-file.ts';
import {parseKeyLog} from '../../source/wire/tls/key-log.ts';
import {run} from '../drills/packetdrill/bench.ts';
import {root} from '../helpers/root.ts';
import {runs, seed} from '../helpers/seeds.ts';

type Chance = (below: number) => number;

const chanceOf = (first: number): Chance => {
  let state = first >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
};

const strange = [
  ...[
    '',
    ' ',
    '\n',
    '\t',
    '\0',
    '\r\n',
    '\u{feff}',
    '\u{202e}',
    '\ud800',
    '字',
    '{',
    '}',
    '[',
    ']',
    '"',
    "'",
    ':',
    ': ',
    '- ',
  ],
  ...[
    '#',
    '&a',
    '*a',
    '<<: *a',
    '!!binary ',
    '|',
    '>-',
    '0',
    '-1',
    '1e308',
    '.inf',
    '.nan',
    '99999999999999999999',
    '0x',
    '~',
  ],
  ...[
    'null',
    'true',
    'any',
    'p',
    '..',
    '/',
    '\\',
    '%',
    '(',
    ')',
    '<',
    '>',
    ',',
    ';',
    '@',
    '=',
    '+',
    '*',
    '__proto__',
    'constructor',
  ],
];

const piece = (text: string, chance: Chance): readonly [number, number] => {
  const start = chance(text.length + 1);
  return [start, Math.min(text.length, start + 1 + chance(chance(4) === 0 ? 200 : 12))];
};

const damages: readonly ((text: string, chance: Chance) => string)[] = [
  (text, chance) => {
    const [start, end] = piece(text, chance);
    return text.slice(0, start) + text.slice(end);
  },
  (text, chance) => {
    const [start, end] = piece(text, chance);
    return text.slice(0, end) + text.slice(start);
  },
  (text, chance) => {
    const [start] = piece(text, chance);
    return text.slice(0, start) + (strange[chance(strange.length)] ?? '') + text.slice(start);
  },
  (text, chance) => {
    const [[start, end], [at]] = [piece(text, chance), piece(text, chance)];
    return text.slice(0, at) + text.slice(start, end) + text.slice(at);
  },
  // One number or word in the place of another.
  (text, chance) => {
    const words = [...text.matchAll(/[\w.]+/g)];
    const [one, other] = [words[chance(words.length)], words[chance(words.length)]];
    if (!one || !other) return text;
    return text.slice(0, one.index) + other[0] + text.slice(one.index + one[0].length);
  },
  (text, chance) => text.slice(0, chance(text.length + 1)),
];

const damaged = (text: string, chance: Chance): string => {
  let made = text;
  for (let left = 1 + chance(3); left > 0; left -= 1)
    made = damages[chance(damages.length)]?.(made, chance) ?? made;
  return made;
};

/** Shows the text that it throws at. */
const holds = (
  sources: readonly string[],
  count: number,
  read: (text: string) => void,
  least?: number,
): void => {
  for (let nth = 0; nth < runs(count, least); nth += 1) {
    const chance = chanceOf(Math.imul(seed + nth, 2_654_435_761));
    const text = damaged(sources[nth % sources.length] ?? '', chance);
    try {
      read(text);
    } catch (problem) {
      expect.fail(`${problem instanceof Error ? problem.stack : problem}\n\n${text}`);
    }
  }
};

const filesIn = (folder: string): readonly string[] =>
  readdirSync(join(root, folder)).map((name) => readFileSync(join(root, folder, name), 'utf8'));

const files = lessonFiles(join(root, 'lessons'));
const certificates = certificateTexts();
const nothing = {rules: [], misconceptions: [], glossary: [], labels: [], cards: []};

describe('lessons', () => {
  test('as they are read', () => {
    const zones = zoneTexts(files.find((file) => file.includes('dns-cache')) ?? '');
    holds(
      files.map((file) => readFileSync(file, 'utf8')),
      200,
      (text) => {
        const read = loadLesson(text, 'fuzz', {zones, certificates});
        if (!read.ok) for (const {position} of read.error) expect(position.line).toBeGreaterThan(0);
      },
      10,
    );
  });

  test('as they are judged, where they can be read', () => {
    // Small ones: each is simulated again and again.
    const short = files.filter((file) =>
      /handshake\.|refused|data-transfer|dns-recursion|http-request/.test(file),
    );
    holds(
      short.map((file) => readFileSync(file, 'utf8')),
      50,
      (text) => {
        const read = loadLesson(text, 'fuzz', {certificates});
        if (read.ok) checkLesson(read.value, simulate, {...nothing, mostEvents: 400});
      },
      8,
    );
  });
});

test('packetdrill scripts', () => {
  holds(filesIn('test/fixtures/packetdrill'), 500, (text) => {
    const script = parseScript(text);
    if (script.ok) run(script.value, undefined, 1000);
  });
});

test('resolver replays', () => {
  holds(filesIn('test/fixtures/rpl'), 500, (text) => {
    const replay = parseReplay(text);
    if (replay.ok) runReplay(replay.value);
  });
});

test('zone files', () => {
  const folder = 'lessons/dns/zones';
  holds(filesIn(folder), 500, (text) => void parseZone(text));
});

test('progress, answers, key logs, faults and replay codes', () => {
  const common = {id: 'a', atMs: 1, lesson: 'handshake'};
  const records = progressText([
    {...common, kind: 'finished'},
    {...common, id: 'b', kind: 'later', card: 'skill', name: 'state-after'},
    {
      ...{...common, id: 'c', kind: 'answer', question: 'q', text: 't', asks: 'a', topic: 'tcp', skill: 's'},
      ...{touches: ['x'], wrongWays: 1, right: false, means: ['x'], hints: 0, askedIn: 'quiz'},
      askedIn: 'exam',
    },
    {
      ...{...common, id: 'd', kind: 'tried', challenge: 'crossed-fins', solved: true, moves: 2, hints: 0},
      ...{rests: ['handshake/prediction'], day: '2026-11-30'},
    },
  ]);
  holds([records], 1000, (text) => void readProgress(text));
  holds(
    ['{"answers":{"a":"b","c":["a","d"],"e":1001}}'],
    2000,
    (text) => void readAnswers(text, ['a', 'c', 'e']),
  );
  const log = `# x\nCLIENT_RANDOM ${'ab'.repeat(32)} ${'cd'.repeat(48)}\n`;
  holds([log], 500, (text) => void parseKeyLog(new TextEncoder().encode(text)));
  const faults = [
    'delay=4s@packet=2',
    'edit!:tcp.ack_raw=0x500@from=client,flags=SYN+ACK,nth=2-',
    'dup=1.5ms@nth=1-3',
  ];
  holds(faults, 1000, (text) => void parseFault(text));
  holds(['pt1-AAECAwQFBgcICQoLDA0ODw', `pt1-${'A'.repeat(200)}`], 500, (text) => void decodeReplay(text));
});
