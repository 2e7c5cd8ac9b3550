// Two runs beside each other: the mock-up, moving both by one time, the words, any size.
import {describe, expect, test} from 'vitest';
import {everywhere} from '../../../source/lesson/everywhere.ts';
import type {Language} from '../../../source/lesson/text.ts';
import {type Comparison, compareTraces, differingRows} from '../../../source/sim/compare.ts';
import type {Fault} from '../../../source/sim/fault.ts';
import type {Scenario} from '../../../source/sim/scenario.ts';
import {compareFacts} from '../../../source/view/compare/compare-facts.ts';
import {
  type CompareOptions,
  composeCompare as composed,
  compareLines as linesOf,
} from '../../../source/view/compare/compare-screen.ts';
import {
  type CompareAction,
  type CompareState,
  compareState,
  differencesAt,
  moveCompare,
  rowExplained,
} from '../../../source/view/compare/compare-state.ts';
import {compareShare, compareTimes} from '../../../source/view/compare/compare-time.ts';
import {equalUpTo} from '../../../source/view/compare/compare-words.ts';
import {asciiGlyphs, unicodeGlyphs} from '../../../source/view/glyphs.ts';
import {seq} from '../../../source/wire/seq.ts';
import {faultTitle, sidesOf} from '../../../source/words/compare.ts';
import {textWidth} from '../../../source/words/width.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {handshakeScenario, teardownScenario} from '../../helpers/scenarios.ts';
import {some} from '../../helpers/seeds.ts';
import {run} from '../../helpers/traces.ts';
import {grid, hints, textOf} from '../player.ts';
import {sizesTried} from '../sizes.ts';
import {explained, toldOf} from './explained.ts';
import '../../helpers/meaning.ts';

type Make = (change?: Partial<Scenario>) => Scenario;

const forkOf = (scenario: Make, ...faults: readonly Fault[]): Comparison =>
  compareTraces(run(scenario()), run(scenario({faults})));

const drop = (packet: number): Fault => ({kind: 'drop', at: {packet}});

const lost = forkOf(handshakeScenario, drop(3));

const options = (faults: readonly Fault[], change = {}) => ({
  columns: 120,
  rows: 40,
  glyphs: unicodeGlyphs,
  language: 'en' as Language,
  keyHints: [],
  source: 'handshake-loss',
  sides: sidesOf([], faults),
  ...change,
});

const act = (comparison: Comparison, ...actions: readonly CompareAction[]): CompareState =>
  actions.reduce((state, action) => moveCompare(comparison, state, action), compareState(comparison));

type Given = Omit<CompareOptions, 'told'>;
const composeCompare = (comparison: Comparison, state: CompareState, given: Given) =>
  composed(comparison, state, {...given, told: toldOf(comparison)});
const compareLines = (comparison: Comparison, state: CompareState, given: Given) =>
  linesOf(comparison, state, {...given, told: toldOf(comparison)});

const keys = hints(
  'en',
  ['←→', 'step both', '两边单步'],
  ['n', 'next difference', '下一处差异'],
  ['tab', 'side', '另一边'],
  ['D', 'end compare', '结束对比'],
  ['y', 'copy replay code', '复制重放码'],
  ['?', 'keys', '按键'],
);

test('(l) the third segment of the handshake lost, at 120×40', () => {
  const canvas = composeCompare(lost, act(lost, {kind: 'end'}), options([drop(3)], {keyHints: keys}));
  expect(textOf(canvas)).toEqual(grid('l'));
  expect(compareLines(lost, act(lost, {kind: 'end'}), options([drop(3)], {keyHints: keys}))).toEqual(
    canvas.lines(),
  );
});

test('numbers that do not fit count from the ISN, and the title says so', () => {
  const wide = forkOf((change = {}) => {
    const base = handshakeScenario(change);
    return {...base, hosts: base.hosts.map((host) => ({...host, iss: seq(4_000_000_000)}))};
  }, drop(3));
  const lines = textOf(composeCompare(wide, act(wide, {kind: 'end'}), options([drop(3)], {columns: 116})));
  expect(lines[0]).toMatch(/ · r$/);
  expect(lines.join('\n')).toContain('SYN,ACK seq=0');
  // So do the sentences below.
  expect(lines.join('\n')).toMatch(/\(ACK seq=1 ack=1\)/);
  expect(lines.join('\n')).not.toContain('…');
});

test('at 80 columns one side is shown, and tab shows the other', () => {
  const small = options([drop(3)], {columns: 80, rows: 24});
  const end = act(lost, {kind: 'end'});
  const right = textOf(composeCompare(lost, end, small)).join('\n');
  expect(right).toContain('─ ✗');
  expect(right).toMatch(/^ ≠ 100 ms/m);
  expect(right).toMatch(/^ \+ 1\.100 s/m);
  const left = textOf(composeCompare(lost, moveCompare(lost, end, {kind: 'side'}), small)).join('\n');
  expect(left).not.toContain('✗');
  expect(left).toMatch(/^ ≠ 100 ms .*▸│ ESTABLISHED +150 ms$/m);
});

test('at 80 columns a packet of the other run alone says so in its row, without a line', () => {
  const small = options([drop(3)], {columns: 80, rows: 24});
  const end = moveCompare(lost, act(lost, {kind: 'end'}), {kind: 'side'});
  const left = textOf(composeCompare(lost, end, small));
  expect(left.filter((line) => /^ \+ /.test(line)).map((line) => line.replace(/ +/g, ' ').trim())).toEqual([
    '+ │ B: ↺ SYN,ACK seq=9000 │',
    '+ │ B: ACK seq=1001 ack=9001 │',
  ]);
  expect(textOf(composeCompare(lost, end, options([drop(3)]))).join('\n')).not.toContain('B: SYN,ACK');
});

describe('one time for both', () => {
  test('steps stop at every sending and end of either run, both ways', () => {
    const stops = [...compareTimes(lost).stops];
    expect(stops).toEqual([0, 50_000, 100_000, 125_000, 150_000, 1_050_000, 1_100_000, 1_150_000]);
    let state = act(lost, {kind: 'start'});
    for (const us of stops) {
      expect(state.atUs).toBe(us);
      state = moveCompare(lost, state, {kind: 'step', by: 1});
    }
    expect(state.atUs).toBe(stops.at(-1));
    for (const us of stops.slice(0, -1).reverse()) {
      state = moveCompare(lost, state, {kind: 'step', by: -1});
      expect(state.atUs).toBe(us);
    }
    expect(moveCompare(lost, state, {kind: 'step', by: -1})).toEqual(state);
  });

  test('n goes from difference to difference, until each has ended', () => {
    let state = act(lost, {kind: 'start'});
    const seen: number[] = [];
    for (let i = 0; i < 4; i++) {
      state = moveCompare(lost, state, {kind: 'difference', by: 1});
      seen.push(state.atUs / 1000);
    }
    expect(seen).toEqual([150, 1100, 1150, 1150]);
    expect(differencesAt(lost, state)).toEqual({seen: 3, total: 3});
    expect(moveCompare(lost, state, {kind: 'difference', by: -1}).atUs).toBe(1_100_000);
    expect(compareState(lost).atUs).toBe(150_000);
  });

  test('nothing is shown before its time', () => {
    const at = (atUs: number) =>
      textOf(composeCompare(lost, {atUs, side: 'right'}, options([drop(3)])))
        .slice(0, 18)
        .join('\n');
    expect(at(0)).not.toContain('SYN,ACK');
    expect(at(99_999)).not.toContain('ESTABLISHED');
    expect(at(110_000)).not.toContain('✗');
    expect(at(125_000)).toContain('✗');
    expect(at(125_000)).not.toContain('↺');
  });

  test('a packet that leaves later in one run is there in the other one only', () => {
    const late = forkOf(teardownScenario, drop(8));
    const lines = textOf(composeCompare(late, {atUs: 1_250_000, side: 'right'}, options([drop(8)])));
    const row = lines.find((line) => line.includes('PSH,ACK seq=9201')) ?? '';
    expect(row).toMatch(/^1\.250 s/);
    expect(row.split('≠')[1]?.trim().replace(/\s+/g, ' ')).toBe('│ │');
  });

  test('the timeline rises with time and skips what is idle', () => {
    const times = compareTimes(lost);
    let last = -1;
    for (const us of times.stops) {
      const share = compareShare(times, us);
      expect(share).toBeGreaterThan(last);
      last = share;
    }
    expect(last).toBe(1);
    // 150 to 1050 ms are no more than three round trips of the scale.
    expect(compareShare(times, 1_050_000) - compareShare(times, 150_000)).toBeLessThan(0.6);
  });
});

describe('words', () => {
  const saying = (fault: Fault, language: Language = 'en'): string =>
    explained(forkOf(teardownScenario, fault), language);

  const first = 'compare.compareFirst';

  test('what is done to a packet', () => {
    const fate = {says: `${first}.fate`, packet: {says: 'compare.compareWords.packet', name: 'packet 3'}};
    const arrives = {says: 'compare.compareFates.arrives', time: '150 ms'};
    expect(explained(lost, 'en')).toSay({...fate, a: arrives, b: {says: 'compare.compareFates.lost'}});
    expect(explained(lost, 'en')).toSay({says: 'compare.compareRemarks.later', time: '1.000 s'});
    const at = {packet: 3};
    for (const [fault, name, facts] of [
      [{kind: 'delay', byUs: 70_000, at}, 'discarded', {time: '220 ms'}],
      [{kind: 'dup', afterUs: 0, at}, 'dup', {}],
      [{kind: 'corrupt', where: 'memory', at}, 'corrupt', {}],
      [{kind: 'reorder', places: 1, at}, 'reorder', {}],
      [{kind: 'edit', field: 'tcp.flags', value: 4, mend: true, at}, 'edit', {field: 'tcp.flags', value: 4}],
    ] as const)
      expect(saying(fault)).toSay({...fate, b: {says: `compare.compareFates.${name}`, ...facts}});
  });

  // RFC 6298 §5.4: whoever lost the third segment hears of it by the server's timer; §3.10.7.4 of RFC 9293: it is answered.
  test('n explains each difference: whose it is, why, and what comes of it', () => {
    expect(explained(lost, 'en', 1)).toSay({says: `${first}.alone`, run: 'B', time: '1.050 s', again: true});
    expect(explained(lost, 'en', 1)).toSay({says: 'compare.compareFollows.reply', host: 'the client'});
    expect(explained(lost, 'en', 2)).toSay({says: `${first}.alone`, run: 'B', time: '1.100 s', again: false});
    const fin = forkOf(teardownScenario, drop(8));
    expect(explained(fin, 'en', 2)).toSay({says: 'compare.compareFirst.leaves', a: '1.050 s', b: '1.350 s'});
    const data = forkOf(teardownScenario, drop(4));
    expect(explained(data, 'en')).toSay({says: 'compare.compareFollows.bytes', left: 100, right: 0});
    const again = differingRows(data).findIndex((row) => data.rows[row]?.relation === '+');
    expect(explained(data, 'en', again)).toSay({
      ...{says: 'compare.compareFollows.gets', host: 'the server', bytes: 100},
    });
  });

  test('the screen explains the difference that it stands on, one after another', () => {
    let state = act(lost, {kind: 'start'});
    for (let nth = 0; nth < 3; nth++) {
      state = moveCompare(lost, state, {kind: 'difference', by: 1});
      expect(rowExplained(lost, state)).toBe(differingRows(lost)[nth]);
      const lines = textOf(composeCompare(lost, state, options([drop(3)], {columns: 200})));
      expect(lines.join(' ')).toContain(explained(lost, 'en', nth).slice(0, 90));
    }
  });

  test('the difference that was gone to is the last row in sight', () => {
    const late = forkOf(teardownScenario, drop(8));
    const second = act(late, {kind: 'difference', by: 1});
    const small = options([drop(8)], {columns: 80, rows: 24});
    const rows = textOf(composeCompare(late, second, small)).slice(4, 11);
    expect(rows.findLast((row) => /[=≠−+]/.test(row.slice(0, 3)))).toMatch(/^ \+ .*FIN,ACK seq=1101/);
  });

  test('differences that end at one time are gone to one by one, both ways', () => {
    const doubled = forkOf(teardownScenario, {kind: 'delay', byUs: 700_000, at: {packet: 4}});
    const total = differingRows(doubled).length;
    let state = act(doubled, {kind: 'start'});
    const rows: unknown[] = [];
    for (let nth = 0; nth < total; nth++) {
      state = moveCompare(doubled, state, {kind: 'difference', by: 1});
      expect(differencesAt(doubled, state)).toEqual({seen: nth + 1, total});
      rows.push(rowExplained(doubled, state));
    }
    expect(new Set(rows).size).toBe(total);
    for (const row of rows.slice(0, -1).reverse()) {
      state = moveCompare(doubled, state, {kind: 'difference', by: -1});
      expect(rowExplained(doubled, state)).toBe(row);
    }
  });

  test('another profile, an earlier end, no difference', () => {
    const other = compareTraces(run(handshakeScenario()), run(handshakeScenario({profile: 'rfc'})));
    expect(explained(other, 'en')).toMatch(
      /^Packet 1 \(SYN seq=1000\): in A its options are MSS 1460, .*; in B MSS 1460\./,
    );
    const cut = compareTraces(run(teardownScenario()), run(teardownScenario({until: {atUs: 1_200_000}})));
    expect(explained(cut, 'en')).toSay({
      ...{says: 'compare.compareFirst.fate', packet: 'packet 10 (PSH,ACK seq=9201 ack=1102 len=50)'},
      a: {says: 'compare.compareFates.arrives', time: '1.250 s'},
      b: {says: 'compare.compareFates.underway'},
    });
    const same = compareTraces(lost.left, lost.left);
    expect(explained(same, 'en')).toSay({says: 'compare.compareTexts.same'});
    expect(equalUpTo(same, 'en')).toSay({says: 'compare.compareTexts.allEqual'});
    expect(equalUpTo(lost, 'en')).toSay({says: 'compare.compareWords.equalUpTo', packet: 'packet 2'});
    expect(equalUpTo(forkOf(handshakeScenario, drop(1)), 'en')).toSay({
      ...{says: 'compare.compareWords.firstDifference', packet: 'packet 1', time: '0 ms'},
    });
  });

  test('facts: where a host ends, what it cost; those that differ go first where room is short', () => {
    const names = (most: number) =>
      compareFacts(forkOf(teardownScenario, drop(8)), 'en', most).map(({name, remark}) =>
        `${name} ${remark}`.trim(),
      );
    expect(names(9)).toEqual([
      'client ESTABLISHED',
      'server ESTABLISHED',
      'server CLOSED 300 ms later',
      'client CLOSED 300 ms later',
      'packets 1 more',
      'connection',
    ]);
    expect(names(3)).toEqual(['server CLOSED 300 ms later', 'packets 1 more', 'connection']);
    expect(names(0)).toEqual([]);
  });

  test('faults as titles', () => {
    expect(faultTitle(drop(2))).toEqual(everywhere({en: 'lose packet 2', zh: '丢弃第 2 个分组'}));
    expect(faultTitle({kind: 'drop', at: {from: 'client', nth: {first: 1, last: 1}}}).en).toSay({
      says: 'compare.compareSentences.faultTitle.drop',
      it: 'from=client,nth=1',
    });
    expect(sidesOf([], [{kind: 'dup', afterUs: 0, at: {packet: 2}}])[0].title.en).toBe('nothing altered');
    expect(sidesOf([], [drop(1), drop(2)])[1].title.zh).toBe('第 1 个分组丢失，第 2 个分组丢失');
  });
});

const kinds: readonly Fault[] = [
  drop(2),
  drop(8),
  {kind: 'delay', byUs: 700_000, at: {packet: 4}},
  {kind: 'dup', afterUs: 20_000, at: {packet: 8}},
  {kind: 'edit', field: 'tcp.flags', value: 4, mend: true, at: {packet: 5}},
];

test('every stop at 40 sizes in both languages: exact rows, no line too wide, no overlap', () => {
  let turn = 0;
  let frame = 0;
  for (const fault of kinds) {
    const comparison = forkOf(teardownScenario, fault);
    for (const atUs of some([...compareTimes(comparison).stops], 3))
      for (const size of [...sizesTried(), {columns: 110, rows: 36}, {columns: 109, rows: 35}]) {
        // Every fifth frame, so that sizes, stops and languages meet in turn.
        if (frame++ % 5 > 0) continue;
        const language = turn++ % 2 ? 'en' : 'zh';
        const glyphs = turn % 3 ? unicodeGlyphs : asciiGlyphs;
        const side = turn % 5 ? 'right' : 'left';
        const canvas = composeCompare(
          comparison,
          {atUs, side},
          {...options([fault], {...size, glyphs, language}), keyHints: keys},
        );
        const lines = textOf(canvas);
        expect(lines).toHaveLength(size.rows);
        for (const line of lines) if (textWidth(line) > size.columns) expect.fail(`too wide: ${line}`);
        if (canvas.collisions > 0)
          expect.fail(`overlap at ${size.columns}×${size.rows}\n${lines.join('\n')}`);
        if (glyphs === asciiGlyphs && language === 'en')
          expect(lines.join('\n')).toMatch(/^[\n\u0020-\u007e]*$/);
      }
  }
});

test('the same rows and columns in both languages, but for words', () => {
  const picture = (language: Language): string[] =>
    textOf(composeCompare(lost, act(lost, {kind: 'end'}), options([drop(3)], {language})))
      .slice(4, 18)
      .map((line) => line.replace(/┄.*?┄/g, (gap) => ' '.repeat(textWidth(gap))));
  const frame = (lines: readonly string[]): string[] => lines.map((line) => line.replace(/\s+│/g, ' │'));
  expect(frame(picture('zh'))).toEqual(frame(picture('en')));
});

describe('two runs of a lesson', () => {
  const runOf = (name: string) => {
    const wanted = allRuns().find((each) => each.name === name);
    if (!wanted) throw new Error(`no run ${name}`);
    return wanted;
  };
  const between = (left: string, right: string): Comparison =>
    compareTraces(traceOf(runOf(left)), traceOf(runOf(right)));

  test('what its receiver throws away was not lost on the way', () => {
    const comparison = between('syn-flood base', 'syn-flood cookies');
    expect(explained(comparison, 'en')).toMatch(
      /^Packet 9 \(SYN seq=1000\) arrives at 550 ms and is discarded in A; in B it arrives at 550 ms\./,
    );
  });

  test('a packet in the place of another one', () => {
    const comparison = between('simultaneous-close base', 'simultaneous-close lost-ack');
    expect(explained(comparison, 'en', 1)).toSay({
      ...{says: 'compare.compareFirst.instead', host: 'the server'},
      ...{packet: 'packet 9 (FIN,ACK seq=9201 ack=1101)', other: 'packet 10 (FIN,ACK seq=9201 ack=1102)'},
      ...{a: '1.000 s', b: '1.100 s'},
    });
  });

  test('runs of a lesson that are lettered have titles of their own', () => {
    const [a, b] = [runOf('time-wait base'), runOf('time-wait old-data')];
    const sides = [a, b].map(({run: {lettered}}) => {
      const title = lettered?.title ?? everywhere({en: '', zh: ''});
      return {title, change: title};
    });
    const [left, right] = sides;
    if (!left || !right) throw new Error('no sides');
    const lines = (language: Language): string[] => {
      const comparison = between(a.name, b.name);
      const {stops} = compareTimes(comparison);
      const end = {...compareState(comparison), atUs: stops.at(-1) ?? 0};
      return textOf(composeCompare(comparison, end, {...options([]), language, sides: [left, right]}));
    };
    const [title, , heads] = lines('en');
    expect(title).toMatch(/A {2}The last ACK is lost.*B {2}An old copy/);
    expect(heads).toMatch(/^ A {2}The last ACK is lost +B {2}An old copy$/);
    const chinese = lines('zh');
    expect(chinese[2]).toMatch(/^ A {2}最后的 ACK 丢了 +B {2}旧连接的副本$/);
    expect(chinese.join('\n')).toContain('ms，没有分组 ┄');
  });
});
