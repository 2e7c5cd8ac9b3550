// Draws caches as tables: name, type, data, time left, where it was learned (screens.md 5 (i)).
import {type Language, spaced} from '../../lesson/text.ts';
import {cacheTexts, cacheWords} from '../../words/catalogue/cache.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {cut, padEnd, padStart, repeated, textWidth} from '../../words/width.ts';
import type {Canvas, Style} from '../canvas.ts';
import type {PanelDrawing} from '../panel.ts';
import type {View} from '../view.ts';
import type {CacheLine, CacheScene} from './cache.ts';

const muted: Style = {role: 'muted'};
const changedStyle: Style = {role: 'changed', bold: true};
const gap = 2;
const nameMost = 24;
const dataMost = 32;
/** Columns of the longest time, `59.95 s`: a heading takes as much at any time, so that nothing moves. */
const timeMost = 7;

type Widths = {
  readonly name: number;
  readonly type: number;
  readonly data: number;
  readonly ttl: number;
  /** 0: there is no room to say it. */
  readonly learned: number;
};

const widest = (lines: readonly CacheLine[], read: (line: CacheLine) => string): number =>
  lines.reduce((most, line) => Math.max(most, textWidth(read(line))), 0);

/** Names and data give way to what is left of the region; where a record was learned goes first. */
const widthsFor = (scenes: readonly CacheScene[], columns: number, {language}: View): Widths => {
  const lines = scenes.flatMap((scene) => scene.lines);
  const title =
    scenes.reduce(
      (most, {name}) =>
        Math.max(most, textWidth(spaced(cacheWords.heading[language]({host: name, time: ''})))),
      0,
    ) + timeMost;
  const type = widest(lines, (line) => line.type) + gap;
  const ttl = Math.max(textWidth(cacheTexts.ttl[language]), 6) + gap;
  const name =
    Math.min(
      nameMost,
      widest(lines, (line) => line.name),
    ) + gap;
  const data =
    Math.min(
      dataMost,
      widest(lines, (line) => line.data),
    ) + gap;
  // Room for ◆ is kept at the end, so that nothing moves.
  const fixed = 2 + type + ttl + 2;
  const wanted = widest(lines, (line) => line.learned);
  const learned = fixed + name + data + wanted <= columns ? wanted : 0;
  const room = Math.max(2 * gap, columns - fixed - learned);
  const fits = name + data <= room;
  const shorterName = Math.max(8, Math.min(name, Math.floor(room / 2)));
  return {
    name: fits ? name : shorterName,
    type,
    // The heading stands above the first three columns: whole, if there is room.
    data: fits
      ? Math.max(data, Math.min(title - name - type, room - name))
      : Math.max(gap, room - shorterName),
    ttl,
    learned,
  };
};

const rowText = (line: CacheLine, {name, type, data, ttl, learned}: Widths, ellipsis: string): string => {
  const cell = (text: string, width: number): string => padEnd(cut(text, width - gap, ellipsis), width);
  const left = `  ${cell(line.name, name)}${padEnd(line.type, type)}${cell(line.data, data)}`;
  return `${left}${padStart(line.ttl, ttl - gap)}${repeated(' ', gap)}${learned > 0 ? line.learned : ''}`.trimEnd();
};

const listed = (names: readonly string[], language: Language): string =>
  names.join(punctuation.listComma[language]);

export const putCaches = (
  canvas: Canvas,
  {scenes, view}: {readonly scenes: readonly CacheScene[]; readonly view: View},
  {region, glyphs, focused}: PanelDrawing,
): void => {
  const {row, rows, column, columns} = region;
  const {language} = view;
  const widths = widthsFor(scenes, columns, view);
  const headerAt = 2 + widths.name + widths.type + widths.data;
  let at = row;
  const write = (text: string, style: Style): void => {
    if (at < row + rows) canvas.put(at, column, cut(text, columns, glyphs.ellipsis), style);
    at += 1;
  };
  if (scenes.length === 0) write(cacheTexts.none[language], muted);
  const more = (sign: string, count: number): void =>
    write(`  ${sign} ${cacheWords.more[language]({count})}`, muted);
  for (const [index, {heading, lines}] of scenes.entries()) {
    const later = scenes.slice(index + 1).reduce((sum, scene) => sum + scene.lines.length, 0);
    // A heading alone would say that the cache is empty.
    const least = (lines.length > 1 ? 3 : 2) + (later > 0 ? 1 : 0);
    if (index > 0 && row + rows - at < least) {
      const hosts = scenes.slice(index).map(({name}) => name);
      const words = cacheWords.elsewhere[language]({
        hosts: listed(hosts, language),
        count: later + lines.length,
      });
      write(`  ${glyphs.more} ${words}`, muted);
      return;
    }
    const columnsHead = `${padStart(cacheTexts.ttl[language], widths.ttl - gap)}${repeated(' ', gap)}${widths.learned > 0 ? cacheTexts.learned[language] : ''}`;
    const title = cut(heading, Math.max(0, headerAt - gap), glyphs.ellipsis);
    write(
      lines.length === 0
        ? cacheWords.empty[language]({heading})
        : `${padEnd(title, headerAt)}${columnsHead}`.trimEnd(),
      focused ? {role: 'accent', bold: true} : muted,
    );
    const left = row + rows - at - (later > 0 ? 1 : 0);
    // What came last is what the reader looks for.
    const shown = lines.length > left ? lines.slice(lines.length - Math.max(0, left - 1)) : lines;
    if (shown.length < lines.length) more(glyphs.earlier, lines.length - shown.length);
    for (const line of shown) {
      const text = rowText(line, widths, glyphs.ellipsis);
      write(line.changed ? `${text} ${glyphs.changed}` : text, line.changed ? changedStyle : {role: 'text'});
    }
  }
};
