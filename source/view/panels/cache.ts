// The DNS cache panel: which records resolvers know, how long each is still valid, and from where it was learned.

import {spaced} from '../../lesson/text.ts';
import {cacheTexts, cacheWords} from '../../words/catalogue/cache.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {cut, padEnd, padStart, repeated, textWidth} from '../../words/width.ts';
import {accent, changed, muted, plain} from '../canvas.ts';
import {type CacheLine, type CacheScene, cacheScenes, hasCaches} from '../dns/cache.ts';
import type {Pane} from '../pane.ts';
import {definePanel, upDownKeys, wayOf} from '../panel.ts';
import {type RowOwn, rowMoved, rowSubject, subjectsIn} from '../row-cursor.ts';
import {spokenCaches} from '../spoken/spoken-cache.ts';
import type {Subject} from '../subject.ts';
import {indent, widest} from '../table.ts';
import type {View} from '../view.ts';

// The functions below draw DNS caches as tables: name, type, data, remaining TTL, and where the record was learned.

const usualGap = 2;
/**
 * The narrow gap between the columns of the DNS cache table, which is used if names and data would be cut otherwise; then the most columns
 * for names and for data.
 */
const tightGap = 1;
const nameMost = 24;
const dataMost = 32;
/** The number of columns of the longest time, `59.95 s`. The heading of a DNS cache always has room for it, so that nothing moves. */
const timeMost = 7;

type Widths = {
  readonly name: number;
  readonly type: number;
  readonly data: number;
  readonly ttl: number;
  /** The number of columns for where a record was learned; 0 if there is no room. */
  readonly learned: number;
  /** The number of blank columns between two columns of the DNS cache table. */
  readonly gap: number;
  readonly ttlHead: string;
};

/** Returns the width of a column of the DNS cache table with the gap after it; the longest text decides, but not more than `most`. */
const columnOf = (
  lines: readonly CacheLine[],
  read: (line: CacheLine) => string,
  most: number,
  gap: number,
) => Math.min(most, widest(lines.map(read))) + gap;

/**
 * Returns the widths of all columns of the DNS cache table if no name and no data have to be cut more than usual, with this gap between
 * them.
 */
const widthsAt = (lines: readonly CacheLine[], gap: number, ttlHead: string): Widths => {
  // TTLs get shorter as they run out; a least width keeps the columns beside them in place.
  const least = gap === usualGap ? 6 : 3;
  return {
    ...{gap, ttlHead},
    name: columnOf(lines, ({name}) => name, nameMost, gap),
    type: columnOf(lines, ({type}) => type, dataMost, gap),
    data: columnOf(lines, ({data}) => data, dataMost, gap),
    ttl: Math.max(textWidth(ttlHead), least, gap === usualGap ? 0 : widest(lines.map(({ttl}) => ttl))) + gap,
    learned: widest(lines.map(({learned}) => learned)),
  };
};

/** The number of columns before a row of the DNS cache table (2) and for the mark ◆ after it, which are reserved so that nothing moves. */
const around = 4;

const columnsOf = ({name, type, data, ttl, learned}: Widths): number =>
  around + name + type + data + ttl + learned;

/**
 * Returns the widths of the DNS cache table's columns that fit the pane: where records were learned is left out first, then the gaps
 * shrink; names and data are cut last.
 */
const widthsFor = (scenes: readonly CacheScene[], {columns, language}: Pane): Widths => {
  const lines = scenes.flatMap((scene) => scene.lines);
  const heads = scenes.map(({name}) => spaced(cacheWords.heading[language]({host: name, time: ''})));
  const title = widest(heads) + timeMost;
  const whole = widthsAt(lines, usualGap, cacheTexts.ttl[language]);
  const bare = {...whole, learned: 0};
  const tight = {...widthsAt(lines, tightGap, cacheTexts.ttlShort[language]), learned: 0};
  const fitting = [whole, bare, tight].find((widths) => columnsOf(widths) <= columns);
  if (fitting !== undefined) {
    const {name, type, data} = fitting;
    // A DNS cache's heading shares its row with the heads of the later columns, so the first three columns are widened for it if there is
    // room.
    const spare = columns - columnsOf(fitting);
    return {...fitting, data: Math.max(data, Math.min(title - name - type, data + spare))};
  }
  const room = Math.max(2 * usualGap, columns - around - bare.type - bare.ttl);
  const name = Math.max(8, Math.min(bare.name, Math.floor(room / 2)));
  return {...bare, name, data: Math.max(usualGap, room - name)};
};

const rowText = (line: CacheLine, widths: Widths, ellipsis: string): string => {
  const {name, type, data, ttl, learned, gap} = widths;
  const cell = (text: string, width: number): string => padEnd(cut(text, width - gap, ellipsis), width);
  const left = `  ${cell(line.name, name)}${padEnd(line.type, type)}${cell(line.data, data)}`;
  return `${left}${padStart(line.ttl, ttl - gap)}${repeated(' ', gap)}${learned > 0 ? line.learned : ''}`.trimEnd();
};

/**
 * Draws the newest lines of a DNS cache that fit, or those around the selected line, with the number of the others; returns the row after
 * them.
 */
const putLines = (
  pane: Pane,
  at: number,
  lines: readonly CacheLine[],
  {
    widths,
    room,
    selected,
  }: {readonly widths: Widths; readonly room: number; readonly selected: Subject | undefined},
): number => {
  const {glyphs, language} = pane;
  // The end of the cache is shown, because readers look for the newest line, unless a line is selected.
  const most = lines.length > room ? Math.max(0, room - 1) : lines.length;
  const marked = lines.findIndex(({subject}) => subject === selected);
  const from = Math.max(0, Math.min(lines.length - most, marked < 0 ? lines.length : marked));
  const shown = lines.slice(from, from + most);
  let row = at;
  const left = lines.length - shown.length;
  if (left > 0) pane.put(row++, 2, `${glyphs.earlier} ${cacheWords.more[language]({count: left})}`, muted);
  for (const line of shown) {
    const text = rowText(line, widths, glyphs.ellipsis);
    if (line.subject === selected) pane.put(row, 0, glyphs.selected, accent);
    const mark = line.subject === selected ? indent : 0;
    const told = line.changed ? `${text} ${glyphs.changed}` : text;
    pane.put(row++, mark, told.slice(mark), line.changed ? changed : plain);
  }
  return row;
};

/** Returns the first row of a DNS cache's table: its heading, which names the host, and the heads of the columns. */
const headText = (
  {name: host, heading, lines}: CacheScene,
  {name, type, data, ttl, learned, gap, ttlHead}: Widths,
  {language, glyphs}: Pane,
): string => {
  if (lines.length === 0) return cacheWords.empty[language]({heading});
  const headsAt = 2 + name + type + data;
  const most = Math.max(0, headsAt - gap);
  const shown = textWidth(heading) <= most ? heading : spaced(cacheWords.shortHeading[language]({host}));
  const title = padEnd(cut(shown, most, glyphs.ellipsis), headsAt);
  const left = padStart(ttlHead, ttl - gap) + repeated(' ', gap);
  return `${title}${left}${learned > 0 ? cacheTexts.learned[language] : ''}`.trimEnd();
};

/**
 * Draws the hosts' DNS caches below each other, and the names of the hosts whose caches do not fit; `selected` is the subject of the
 * selected line.
 */
const putCaches = (pane: Pane, scenes: readonly CacheScene[], selected: Subject | undefined): void => {
  const {rows, language, glyphs} = pane;
  const widths = widthsFor(scenes, pane);
  if (scenes.length === 0) pane.put(0, 0, cacheTexts.none[language], muted);
  let at = 0;
  for (const [index, scene] of scenes.entries()) {
    const {lines} = scene;
    const later = scenes.slice(index + 1).reduce((sum, each) => sum + each.lines.length, 0);
    // A DNS cache is drawn only if at least one of its lines fits below the heading; a heading alone would say that the cache is empty.
    const least = (lines.length > 1 ? 3 : 2) + (later > 0 ? 1 : 0);
    if (index > 0 && rows - at < least) {
      const hosts = scenes
        .slice(index)
        .map(({name}) => name)
        .join(punctuation.listComma[language]);
      const words = cacheWords.elsewhere[language]({hosts, count: later + lines.length});
      pane.put(at, 2, `${glyphs.more} ${words}`, muted);
      return;
    }
    pane.put(at, 0, headText(scene, widths, pane), pane.headStyle);
    at = putLines(pane, at + 1, lines, {widths, selected, room: rows - at - 1 - (later > 0 ? 1 : 0)});
  }
};

/** Matches the narration's values that the DNS cache panel shows, such as `local.cache("y.abc.com", A).ttl`. */
const value = /^(\w+\.)?(cache|hosts)\b|^dns\.resp\.ttl$/;

const subjectsOf = (view: View): readonly Subject[] => subjectsIn(cacheScenes(view));

export const cachePanel = definePanel<RowOwn>({
  name: 'cache',
  title: cacheTexts.title,
  start: undefined,
  keys: [upDownKeys(cacheTexts.keys)],
  command: (view, own, command) => rowMoved(subjectsOf(view), own, wayOf(command)),
  subject: (view, own) => rowSubject(subjectsOf(view), own),
  shows: value,
  isAvailable: hasCaches,
  leads: hasCaches,
  least: {columns: 34, rows: 3},
  best: {columns: 96, rows: 12},
  places: ['lower', 'side'],
  covers: 'picture',
  spoken: spokenCaches,
  put(pane, view, own) {
    const scenes = cacheScenes(view);
    putCaches(pane, scenes, rowSubject(subjectsIn(scenes), own));
  },
});
