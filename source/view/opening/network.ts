// Draws the network of a lesson: from the learner's own host along the links to all hosts, with the delay of each link, and its rate if
// that is limited.

import {hostName} from '../../lesson/host-names.ts';
import type {Run} from '../../lesson/lesson.ts';
import {type Language, type Text, worded} from '../../lesson/text.ts';
import {inEvery} from '../../words/catalogue/language.ts';
import {networkSaid} from '../../words/catalogue/opening.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {formatTime} from '../../words/format.ts';
import {linkSpeeds} from '../../words/link-change-text.ts';
import {repeated, textWidth} from '../../words/width.ts';
import {muted, strong} from '../canvas.ts';
import type {Glyphs} from '../glyphs.ts';
import type {PageRow, Piece} from '../quiz/row.ts';

export type Stop = {
  readonly called: Text;
  /** The IP address of a host in the picture of the network; empty for a router, which only forwards. */
  readonly address: string;
  /** True if the opening page's list of hosts describes this host of the network. */
  readonly isHere: boolean;
  /** The delay, rate and queue of the link that leads to this host; a limit that is undefined does not exist. */
  readonly delayUs: number;
  readonly rateBps?: number | undefined;
  readonly queueBytes?: number | undefined;
  readonly beyond: readonly Stop[];
};

/**
 * Returns the network as a tree from the host `own` on. Hosts that are not in the list `here` are shown only if the way to another leads
 * through them.
 */
export const networkFrom = (run: Run, own: string, here: readonly string[]): Stop => {
  const met = new Set<string>();
  const stopAt = (name: string, link: Pick<Stop, 'delayUs' | 'rateBps' | 'queueBytes'>): Stop => {
    met.add(name);
    const beyond = run.links.flatMap(({between: [one, other], delayUs, rateBps, queueBytes}) => {
      const next = one === name ? other : other === name ? one : undefined;
      if (next === undefined || met.has(next)) return [];
      const stop = stopAt(next, {delayUs, rateBps, queueBytes});
      return here.includes(next) || stop.beyond.length > 0 ? [stop] : [];
    });
    const host = run.hosts.find((each) => each.name === name);
    const address = host?.router ? '' : (host?.interfaces[0]?.ip ?? '');
    return {called: hostName({header: run}, name), address, isHere: here.includes(name), ...link, beyond};
  };
  return stopAt(own, {delayUs: 0});
};

type Look = {readonly language: Language; readonly glyphs: Glyphs; readonly column: number};

/**
 * The column of the network's picture at which the names of the hosts at one distance from the own host begin, and the width of these
 * names.
 */
type Level = {readonly column: number; readonly wide: number};

const leastLink = 10;
const goodLink = 16;
const mostLink = 30;
/** The width in columns up to which the links in the picture of the network are stretched; it is that of text. */
const goodWidth = 72;

const atDistance = (stops: readonly Stop[]): readonly (readonly Stop[])[] =>
  stops.length === 0 ? [] : [stops, ...atDistance(stops.flatMap(({beyond}) => beyond))];

/** The number of columns for a fork before the name of a host. */
const forkColumns = 5;

/** Returns texts on the limits of a network link in forms that get shorter, from all limits to the first alone. */
const speedForms = (stop: Stop, language: Language): readonly string[] => {
  const speeds = linkSpeeds(stop, language);
  return speeds.map((_, index) => speeds.slice(0, speeds.length - index).join(punctuation.comma[language]));
};

const levelsOf = (from: Stop, {language, column}: Look, columns: number): readonly Level[] | undefined => {
  const wide = atDistance([from]).map((stops) =>
    Math.max(...stops.map(({called, address}) => Math.max(textWidth(called[language]), textWidth(address)))),
  );
  const names = wide.reduce((sum, each) => sum + each, 0);
  const links = wide.length - 1;
  if (names + links * leastLink > columns) return undefined;
  const share = (room: number): number => Math.floor((room - names) / Math.max(1, links));
  const speed = Math.max(
    0,
    ...atDistance([from])
      .flat()
      .map((stop) => textWidth(speedForms(stop, language)[0] ?? '')),
  );
  const good = Math.max(share(goodWidth), goodLink, speed + forkColumns);
  const link = Math.min(share(columns), Math.max(mostLink, speed + forkColumns), good);
  return wide.map((each, level) => ({
    column: column + wide.slice(0, level).reduce((sum, before) => sum + before + link, 0),
    wide: each,
  }));
};

/** Returns the line from one name to the next, with the link's delay in its middle. */
const linkText = (delayUs: number, columns: number, {glyphs}: Look): string => {
  const said = ` ${formatTime(delayUs)} `;
  const left = Math.floor((columns - textWidth(said)) / 2);
  return `${repeated(glyphs.rule, left)}${said}${repeated(glyphs.rule, columns - left - textWidth(said))}`;
};

const forkSign = (index: number, isLast: boolean, {treeFork, treeBranch, treeEnd}: Glyphs): string => {
  if (index === 0) return treeFork;
  return isLast ? treeEnd : treeBranch;
};

type Rows = readonly (readonly Piece[])[];

const piece = (column: number, text: string, style = muted): Piece => ({column, text, style});

/** Returns the rows of the network's picture with a link's limits below its delay, as far as there is room for them. */
const withSpeed = (
  rows: Rows,
  stop: Stop,
  {
    column,
    columns,
    language,
  }: {readonly column: number; readonly columns: number; readonly language: Language},
): Rows => {
  const text = speedForms(stop, language).find((form) => textWidth(form) <= columns);
  if (text === undefined) return rows;
  const [first = [], second = [], ...rest] = rows;
  const speed = piece(column + Math.floor((columns - textWidth(text)) / 2), text);
  return [first, [speed, ...second], ...rest];
};

/** Returns the rows of a host and of all hosts beyond it; the first row contains its name. */
const stopRows = (stop: Stop, levels: readonly Level[], look: Look): Rows => {
  const {called, address, isHere, beyond} = stop;
  const {glyphs, language} = look;
  const [level, next] = levels;
  if (level === undefined) return [];
  const name = called[language];
  const own: Rows = [
    [piece(level.column, name, isHere ? strong : muted)],
    ...(address === '' ? [] : [[piece(level.column, address)]]),
  ];
  if (next === undefined || beyond.length === 0) return own;
  const fork = level.column + level.wide + 2;
  const behind = beyond.flatMap((each, index): Rows => {
    const isLast = index === beyond.length - 1;
    const start = index > 0 ? fork : level.column + textWidth(name) + 1;
    const lead =
      beyond.length === 1 ? '' : `${repeated(glyphs.rule, fork - start)}${forkSign(index, isLast, glyphs)}`;
    const room = {
      column: start + textWidth(lead),
      columns: next.column - start - textWidth(lead) - 1,
      language,
    };
    const way = `${lead}${linkText(each.delayUs, room.columns, look)}`;
    const rows = withSpeed(stopRows(each, levels.slice(1), look), each, room);
    const trunk = isLast ? [] : [piece(fork, glyphs.treeTrunk)];
    return rows.map((row, place) => (place === 0 ? [piece(start, way), ...row] : [...trunk, ...row]));
  });
  return Array.from({length: Math.max(own.length, behind.length)}, (_, index) => [
    ...(own[index] ?? []),
    ...(behind[index] ?? []),
  ]);
};

/** Returns the picture of the network as rows of a page; undefined if it needs more columns. */
export const networkRows = (from: Stop, columns: number, look: Look): readonly PageRow[] | undefined => {
  const levels = levelsOf(from, look, columns);
  return levels && stopRows(from, levels, look).map((pieces) => ({pieces}));
};

const linksSaid = ({called, beyond}: Stop, language: Language): readonly string[] =>
  beyond.flatMap((next) => [
    worded(networkSaid.link, {
      from: called,
      to: next.called,
      time: inEvery((each) =>
        [formatTime(next.delayUs), ...linkSpeeds(next, each)].join(punctuation.comma[each]),
      ),
      address: next.address || undefined,
    })[language],
    ...linksSaid(next, language),
  ]);

/** Returns sentences for a screen reader on the own host, then on each link; empty if there is no link. */
export const networkSentences = (from: Stop, language: Language): readonly string[] => {
  if (from.beyond.length === 0) return [];
  const own = worded(networkSaid.host, {name: from.called, address: from.address});
  return [own[language], ...linksSaid(from, language)];
};
