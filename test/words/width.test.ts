// Columns, cutting and wrapping; Chinese line-breaking (GB/T 15834: no mark that closes begins a line).
import fc from 'fast-check';
import stringWidth from 'string-width';
import {expect, test} from 'vitest';
import {styleLine, themeOf} from '../../source/ui/theme.ts';
import {Canvas} from '../../source/view/canvas.ts';
import {graphForms, graphSample, unicodeGlyphs} from '../../source/view/glyphs.ts';
import {plainColumns} from '../../source/words/signs.ts';
import {
  cut,
  cutAt,
  padEnd,
  padStart,
  takeColumns,
  textWidth,
  wrap,
  wrapSentences,
  wrapWhole,
} from '../../source/words/width.ts';
import {codePoint} from '../helpers/any-text.ts';
import {harmful, hostileTexts} from '../helpers/hostile.ts';
import {some} from '../helpers/seeds.ts';

const mixed = fc.string({
  unit: fc.constantFrom(...'ab1 =，。；「」（）中文报文段序号—…│▸◂✗◆“”’.,Ａ１！　ﾞ鿿々'),
  maxLength: 80,
});

test('a title or a list is cut between words, and inside one only where that would cost half of it', () => {
  expect(cutAt([' '], 'Both ends close at once', 21)).toBe('Both ends close at…');
  expect(cutAt([', '], 'The SYN is lost, The ACK is lost', 30)).toBe('The SYN is lost…');
  expect(cutAt([' '], 'Both ends close at once', 23)).toBe('Both ends close at once');
  expect(cutAt([' '], 'Half pneumonoultramicroscopic', 20)).toBe('Half pneumonoultram…');
  fc.assert(
    fc.property(mixed, fc.nat(40), (text, columns) => textWidth(cutAt([' '], text, columns)) <= columns),
  );
});

test('widths agree with string-width', () => {
  fc.assert(fc.property(mixed, (text) => textWidth(text) === stringWidth(text)));
  const other: string[] = [];
  const codes = Array.from({length: 0x10000 - 0x20}, (_, index) => 0x20 + index);
  for (const code of some(codes, 2000)) {
    const sign = String.fromCodePoint(code);
    // Combining characters stand alone here only; controls and what is not seen become marks.
    if (/\p{M}|\p{C}|\p{Default_Ignorable_Code_Point}/u.test(sign)) continue;
    // Beside another one, too: what is looked up sign by sign must not make one grapheme of two.
    for (const text of [sign, `中${sign}`, `${sign}１`])
      if (textWidth(text) !== stringWidth(text)) other.push(`${code.toString(16)} in ${text}`);
  }
  // A cell holds one sign: the vowel AM of Thai and Lao has one of its own, as terminals have it.
  expect(['e33 in 中ำ', 'eb3 in 中ຳ']).toEqual(expect.arrayContaining(other));
});

test('of our own signs none is looked up among the emoji: that alone would be a third of a start', () => {
  const ours = [...Object.values(unicodeGlyphs), ...graphForms.map(graphSample), '␀', '⅞', '÷'];
  expect(ours.filter((sign) => plainColumns(sign) === undefined)).toEqual([]);
});

test('whatever a text is, it is as wide as the cells that it takes, and no cell acts', () => {
  const any = fc.oneof(fc.constantFrom(...hostileTexts), fc.string({unit: codePoint, maxLength: 40}), mixed);
  fc.assert(
    fc.property(any, fc.integer({min: 1, max: 60}), (text, columns) => {
      const canvas = new Canvas(200, 1);
      canvas.put(1, 1, text, {role: 'text'});
      canvas.put(1, 1 + textWidth(text), '|', {role: 'text'});
      expect(canvas.collisions).toBe(0);
      const line = canvas.lines()[0] ?? [];
      expect(stringWidth(line.map((span) => span.text).join(''))).toBe(textWidth(text) + 1);
      const written = styleLine([{text, role: 'text'}], themeOf('dark', 'mono'));
      expect(written).not.toMatch(harmful);
      expect(textWidth(takeColumns(text, columns))).toBeLessThanOrEqual(columns);
      for (const each of wrap(text, 10 + columns)) expect(textWidth(each)).toBeLessThanOrEqual(10 + columns);
    }),
  );
});

test('cut and pad give exactly what was asked for', () => {
  fc.assert(
    fc.property(mixed, fc.integer({min: 1, max: 60}), (text, columns) => {
      expect(textWidth(cut(text, columns))).toBeLessThanOrEqual(columns);
      expect(textWidth(takeColumns(text, columns))).toBeLessThanOrEqual(columns);
      expect(textWidth(padEnd(takeColumns(text, columns), columns))).toBe(columns);
      expect(padStart('x', columns)).toHaveLength(columns);
    }),
  );
  expect(cut('三次握手', 7)).toBe('三次握…');
  expect(cut('abc', 3)).toBe('abc');
});

test('wrapping loses nothing and keeps to its columns', () => {
  fc.assert(
    fc.property(mixed, fc.integer({min: 8, max: 60}), (text, columns) => {
      const lines = wrap(text, columns);
      const squeezed = (value: string): string => value.replace(/\s+/g, '');
      expect(squeezed(lines.join(''))).toBe(squeezed(text));
      for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(columns);
    }),
  );
});

test('Chinese: no closing mark begins a line, no opening one ends it, words and 「」 stay whole', () => {
  const text =
    '服务器用一个报文段回应：确认 1001，同时报出 9000。FIN 表示「我不再发数据」，另一个方向照常收发（见 RFC 9293）。';
  for (let columns = 20; columns <= 80; columns++) {
    const lines = wrap(text, columns);
    for (const line of lines) {
      expect(line).not.toMatch(/^[，。：、」）]/);
      expect(line).not.toMatch(/[「（]$/);
    }
    const words = lines.join('|');
    for (const word of ['1001', '9000', 'FIN', 'RFC']) expect(words).toContain(word);
    if (columns >= 40) expect(words).toContain('「我不再发数据」');
  }
});

test('a number and its unit stay together', () => {
  expect(wrap('it waits for 50 ms', 16)).toEqual(['it waits for', '50 ms']);
  expect(wrap('it is CUBIC (RFC 9438).', 17)).toEqual(['it is CUBIC', '(RFC 9438).']);
  expect(wrap('如今是 CUBIC（RFC 9438）', 20)).not.toContain('9438）');
});

test('sentences stand apart where there is room, else they run on', () => {
  expect(wrapSentences('One. Two.', 20, 3)).toEqual(['One.', 'Two.']);
  expect(wrapSentences('One. Two. Three. Four.', 20, 3)).toEqual(['One. Two. Three.', 'Four.']);
  expect(wrapSentences('ack is 1.5 here. Two.', 40, 3)).toEqual(['ack is 1.5 here.', 'Two.']);
  expect(wrapSentences('甲。乙。', 20, 3)).toEqual(['甲。', '乙。']);
});

test('no last line of a word or two, where the same lines can be even', () => {
  const words = 'It ends one direction; data still flow in the other one. Here: 5000.';
  expect(wrap(words, 62)).toEqual([
    'It ends one direction; data still flow in the other one. Here:',
    '5000.',
  ]);
  expect(wrapWhole(words, 62)).toEqual([
    'It ends one direction; data still',
    'flow in the other one. Here: 5000.',
  ]);
  expect(wrapSentences(`${words.replace('. H', ', h')} Next.`, 62, 3)).toHaveLength(3);
  fc.assert(
    fc.property(
      fc.array(fc.stringMatching(/^[a-z]{1,9}$/), {minLength: 1}),
      fc.integer({min: 20, max: 112}),
      (some, columns) => {
        const text = some.join(' ');
        const lines = wrapWhole(text, columns);
        expect(lines.join(' ')).toBe(text);
        expect(lines).toHaveLength(wrap(text, columns).length);
        for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(columns);
      },
    ),
  );
});

test('Chinese lines are made even at the end of a clause, not within a word', () => {
  const text = '两台主机都跑 Linux，因为 40 ms 正是它的数值。路径很短，单程 5 ms。';
  expect(wrapWhole(text, 60)).toEqual([
    '两台主机都跑 Linux，因为 40 ms 正是它的数值。',
    '路径很短，单程 5 ms。',
  ]);
});

test('no part of a Chinese list begins with its first character at the end of a line', () => {
  const text = '不带时间戳、每个报文段都立即确认、定时器准时触发、接收缓冲区不会增长';
  expect(wrap(text, 52)).toEqual([
    '不带时间戳、每个报文段都立即确认、定时器准时触发、',
    '接收缓冲区不会增长',
  ]);
});
