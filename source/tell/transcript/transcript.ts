// Writes a whole run as text for pipes: one line for each event, with the narration after the event to which it belongs.

import {entriesBetween, worldAt} from '../../account/entries.ts';
import {ipPacketOf, packetOf} from '../../account/packet.ts';
import type {BoundBeat} from '../../lesson/bound-beat.ts';
import type {Card} from '../../lesson/data.ts';
import {hostName} from '../../lesson/host-names.ts';
import type {Language, Text} from '../../lesson/text.ts';
import type {Trace} from '../../sim/trace.ts';
import {type Glyphs, glyphsFor, plainText} from '../../view/glyphs.ts';
import {oneWayUs} from '../../view/ladder/scene-hosts.ts';
import type {OpeningPage} from '../../view/opening/opening.ts';
import {openingText} from '../../view/opening/opening-screen.ts';
import {cardText} from '../../view/story/card.ts';
import {type Row, rowsOf, type TranscriptStyle} from '../../view/transcript-rows.ts';
import {captureTexts, takenOn} from '../../words/catalogue/capture.ts';
import {endTexts, transcriptTexts} from '../../words/catalogue/transcript.ts';
import {formatCount, formatSeen, formatSocket, formatTime} from '../../words/format.ts';
import {notTcpText} from '../../words/not-tcp.ts';
import {cut, padEnd, padStart, repeated, textWidth, wrap, wrapWhole} from '../../words/width.ts';
import {terminal, type Written} from '../../words/written.ts';

export type TranscriptInput = {
  readonly trace: Trace;
  readonly title: Text;
  /** The name of the run within its lesson; undefined for the lesson's first run. */
  readonly runName: string | undefined;
  /** The lesson's opening page; undefined except for the lesson's first run. */
  readonly opening?: OpeningPage | undefined;
  readonly beats: readonly BoundBeat[];
  /** Returns the lesson's card (a text or table that the narration refers to) with this id. */
  readonly card: (id: string) => Card | undefined;
  /** The other runs of the same lesson, under the names that `--run` accepts. */
  readonly others: readonly {readonly name: string; readonly title: Text}[];
  /** The digest that identifies the run's events; undefined for a capture. */
  readonly digest: string | undefined;
  /** The command that shows the same run in the player. */
  readonly playCommand: Written<'shell'>;
};

const columns = 80;
const timeColumns = 10;
/** The width of the action's text, after which the state changes begin. */
const actionColumns = 23;
const longestHost = 16;
const cardIndent = 4;
/** The column at which the network conditions end on the transcript's first line. */
const headColumns = 67;

const rowLines = (
  {atUs, estimated, host, action, state}: Row,
  {hostColumns, glyphs}: {readonly hostColumns: number; readonly glyphs: Glyphs},
): readonly string[] => {
  const seen = plainText(formatSeen(atUs, estimated), glyphs);
  const left = `${padStart(seen, timeColumns)}  ${padEnd(cut(host, hostColumns), hostColumns)}  `;
  const whole = action.join('   ');
  const line = `${left}${state === '' ? whole : `${padEnd(whole, actionColumns)}  ${state}`}`.trimEnd();
  if (textWidth(line) <= columns) return [line];
  const indent = repeated(' ', textWidth(left));
  const parts = action.flatMap((part) => wrap(part, columns - textWidth(left)));
  const [first = '', ...rest] = parts;
  return [`${left}${first}`, ...rest.map((more) => indent + more), ...(state === '' ? [] : [indent + state])];
};

/** Returns the lines of a card. They are wider than those of a narration, because a table must keep its shape. */
const cardLines = (card: Card, {language, ascii}: TranscriptStyle): readonly string[] => {
  const glyphs = glyphsFor(ascii);
  const look = {columns: columns - cardIndent - 1, language, glyphs};
  const title = plainText(card.title[language], glyphs);
  return ['', title, ...cardText(card, look), ''].map((line) =>
    `${repeated(' ', cardIndent)}${line}`.trimEnd(),
  );
};

const narration = (
  beat: BoundBeat,
  {card: cardOf}: TranscriptInput,
  style: TranscriptStyle & {readonly indent: string},
): readonly string[] => {
  if (beat.kind !== 'narration') return [];
  const {language, indent} = style;
  const text = beat.say[language];
  const said = text === '' ? [] : wrapWhole(text, columns - indent.length - 4).map((line) => indent + line);
  const card = beat.card === undefined ? undefined : cardOf(beat.card);
  const link = beat.link === undefined ? [] : [`${indent}${transcriptTexts.goesOn[language]} ${beat.link}`];
  return [...said, ...link, ...(card ? cardLines(card, style) : [])];
};

/**
 * Returns the TCP port of a host in a transcript: the one in the first segment from or to one of its addresses; undefined if there is none
 * among the first 50 packets.
 */
const portOf = (trace: Trace, {name, ip}: Trace['header']['hosts'][number]): number | undefined => {
  const most = Math.min(trace.packetCount, 50);
  for (let id = 1; id <= most; id++) {
    const packet = packetOf(trace, id);
    const {src = '', dst = '', transport} = ipPacketOf(packet) ?? {};
    if (transport?.kind !== 'tcp') continue;
    if (packet.from === name && ip.includes(src)) return transport.segment.srcPort;
    if (packet.to === name && ip.includes(dst)) return transport.segment.dstPort;
  }
  return undefined;
};

/** Returns the lines that explain the marks for deductions and estimates, and that name the host at which the capture was taken. */
const captureLines = (trace: Trace, {language, ascii}: TranscriptStyle): readonly string[] => {
  const glyphs = glyphsFor(ascii);
  const {vantage} = trace.header;
  const taken = vantage
    ? [`${glyphs.deduced} ${takenOn[language]({host: terminal.text(vantage.host)})}`]
    : [];
  const legend = `${glyphs.deduced} ${captureTexts.deduced[language]}`;
  const about = `${glyphs.estimated} ${captureTexts.estimated[language]}`;
  return wrap([...taken, legend, about].join(glyphs.dot), columns);
};

/** Returns the host's display name, followed by its id, which faults and expressions use, if that differs. */
const withId = (trace: Trace, host: string, language: Language): string => {
  const name = hostName(trace, host)[language];
  return name === host ? host : `${name} (${host})`;
};

const hostsLines = (trace: Trace, language: Language): readonly string[] => {
  const {hosts, profile} = trace.header;
  if (profile === 'capture') return wrap(hosts.map(({name}) => name).join('   '), columns);
  const parts = hosts.map((host) => {
    const port = portOf(trace, host);
    return `${withId(trace, host.name, language)} ${host.ip.map((each) => formatSocket(each, port)).join(', ')}`;
  });
  const delayUs = oneWayUs(trace.header);
  if (delayUs !== undefined) parts.push(`${transcriptTexts.oneWay[language]} ${formatTime(delayUs)}`);
  const line = parts.join('   ');
  return textWidth(line) <= columns ? [line] : parts.flatMap((part) => wrap(part, columns));
};

const headLines = (
  {trace, title, runName}: TranscriptInput,
  {language, ascii}: TranscriptStyle,
): readonly string[] => {
  const {source, seed, profile, notTcp, faults} = trace.header;
  const t = (key: keyof typeof transcriptTexts): string => transcriptTexts[key][language];
  const conditions =
    profile === 'capture'
      ? t('capture')
      : [
          `${t('seed')} ${seed}`,
          `${t('profile')} ${profile}`,
          ...(runName ? [`${t('run')} ${runName}`] : []),
        ].join('  ');
  const name = source === title[language] ? source : `${source}  ${title[language]}`;
  const gap = headColumns - textWidth(name) - textWidth(conditions);
  return [
    gap < 2 ? `${name}  ${conditions}` : `${name}${repeated(' ', gap)}${conditions}`,
    ...hostsLines(trace, language),
    ...(profile === 'capture' ? captureLines(trace, {language, ascii}) : []),
    ...(notTcp ? wrap(notTcpText(notTcp, language), columns) : []),
    ...faults.flatMap((fault) => wrap(`${t('faults')} ${fault}`, columns)),
  ];
};

/**
 * Returns the last TCP state of each host of a simulated run, in the order of the hosts. A host whose program still listens is left out.
 */
const finalStates = (trace: Trace, language: Language): readonly string[] => {
  const last = new Map<string, string>();
  if (trace.header.profile !== 'capture') {
    for (const event of entriesBetween(trace, 1)) {
      if (event.kind === 'state') last.set(event.host, event.to);
      if (event.kind === 'call' && event.call === 'crash') last.set(event.host, 'CLOSED');
    }
  }
  const hosts = worldAt(trace, 0)?.hosts;
  return trace.header.hosts.flatMap(({name}) => {
    const state = last.get(name);
    const listens = state === 'LISTEN' && (hosts?.[name]?.apps.size ?? 0) > 0;
    return state === undefined || listens ? [] : [`${hostName(trace, name)[language]} ${state}`];
  });
};

/** Returns one line for each other run, with names and titles aligned. */
const otherLines = (others: TranscriptInput['others'], language: Language): readonly string[] => {
  const heading = `${transcriptTexts.others[language]}: `;
  const nameColumns = others.reduce((most, {name}) => Math.max(most, textWidth(name)), 0);
  return others.flatMap(({name, title}, index) => {
    const left = `${index === 0 ? heading : repeated(' ', textWidth(heading))}--run ${padEnd(name, nameColumns)}  `;
    return wrap(title[language], columns - textWidth(left)).map(
      (line, at) => (at === 0 ? left : repeated(' ', textWidth(left))) + line,
    );
  });
};

const footLines = (
  {trace, digest, playCommand, others}: TranscriptInput,
  {language}: TranscriptStyle,
  dot: string,
): readonly string[] => {
  const t = (key: keyof typeof transcriptTexts): string => transcriptTexts[key][language];
  const count = `${formatCount(trace.packetCount)} ${trace.packetCount === 1 ? t('onePacket') : t('packets')}`;
  const states = finalStates(trace, language).join(', ');
  const parts = [
    `${t('ended')}: ${endTexts[trace.endReason][language]}`,
    count,
    ...(states === '' ? [] : [states]),
  ];
  return [
    ...wrap(parts.join(dot), columns),
    ...(digest === undefined ? [] : [`digest ${digest}`]),
    `${t('play')}: ${playCommand}`,
    ...otherLines(others, language),
  ];
};

/** Yields the transcript line by line, so that even a long capture's can be piped into `head`. Consecutive blank lines become one. */
export function* transcript(
  input: TranscriptInput,
  style: TranscriptStyle,
): Generator<Written<'terminal'>, void> {
  let last = '';
  for (const line of allLines(input, style)) {
    if (line !== '' || last !== '') yield terminal.text(line);
    last = line;
  }
}

function* allLines(input: TranscriptInput, style: TranscriptStyle): Generator<string, void> {
  const {trace, beats} = input;
  const glyphs = glyphsFor(style.ascii);
  const hostColumns = Math.min(
    longestHost,
    Math.max(0, ...trace.header.hosts.map(({name}) => textWidth(hostName(trace, name)[style.language]))),
  );
  const indent = repeated(' ', timeColumns + 4 + hostColumns);
  const waiting = beats.toSorted((a, b) => a.event - b.event || a.index - b.index);
  const tellBefore = function* (n: number): Generator<string, void> {
    for (let beat = waiting[0]; beat && beat.event < n; beat = waiting[0]) {
      waiting.shift();
      yield* narration(beat, input, {...style, indent});
    }
  };
  yield* headLines(input, style);
  yield '';
  if (input.opening) {
    yield* openingText(input.opening, columns, {...style, glyphs});
    yield '';
  }
  for (const row of rowsOf(trace, {...style, beats})) {
    yield* tellBefore(row.n);
    yield* rowLines(row, {hostColumns, glyphs});
  }
  yield* tellBefore(trace.length + 1);
  yield '';
  yield* footLines(input, style, glyphs.dot);
}
