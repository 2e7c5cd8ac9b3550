// What is told of the marked conversation below the table: the sentences of `inspect`, and the lessons that explain them.
import {worded} from '../../lesson/text.ts';
import type {Conversation} from '../../observe/capture-parts.ts';
import {http2On} from '../../observe/http2-json.ts';
import {reportTexts} from '../../words/catalogue/inspect.ts';
import {pickerWords as say} from '../../words/catalogue/picker.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {asciiGlyphs, unicodeGlyphs} from '../glyphs.ts';
import {dnsText} from '../inspect/dns-lines.ts';
import {barLines, storyLines} from '../inspect/first-page.ts';
import {http2Text} from '../inspect/http2-lines.ts';
import {http3Text, quicText} from '../inspect/quic-lines.ts';
import {
  courseText,
  datagramsText,
  findingLines,
  hanging,
  httpText,
  type Manner,
  tlsText,
} from '../inspect/told-lines.ts';
import {everything, lessonsFor, type Overview, rowIn, toldOf} from './overview.ts';

export type Detail = {
  /** Of all packets: what happened, and when, which only eyes can read. */
  readonly story: readonly string[];
  readonly bars: readonly string[];
  readonly lines: readonly string[];
  /** How the capture does not show what stands in the row; absent: it shows all. */
  readonly legend: readonly string[];
  readonly lessons: readonly string[];
};

/** Of a list, as many as a screen could hold. */
const most = 40;

/** They leave room for what is odd. */
const mostBars = 6;
/** A screen of fewer columns has fewer rows, too. */
const columnsForAll = 100;

/** Of all packets: what is odd in them, whose number stands before it. */
const oddLines = (overview: Overview, manner: Manner): readonly string[] => {
  const {findings} = overview.conversations.all;
  const colon = punctuation.colon[manner.language];
  if (findings.length === 0) return hanging('', reportTexts.nothingOdd[manner.language], manner.columns);
  return findings.slice(0, most).flatMap((finding) => {
    const name = finding.connection === undefined ? finding.about : `#${finding.connection}`;
    return findingLines(finding, manner, name === undefined ? '' : `${name}${colon}`);
  });
};

const toldLines = (overview: Overview, id: Conversation, manner: Manner): readonly string[] => {
  const {language, columns} = manner;
  const {connections, datagrams, dns, tls, http, quic, findings} = toldOf(overview, id);
  const requests = quic.flatMap((each) => each.http3?.exchanges ?? []);
  return [
    ...connections.flatMap((each) => hanging('', courseText(each, language), columns)),
    ...datagrams.flatMap((each) => hanging('', datagramsText(each, language), columns)),
    ...findings.flatMap((finding) => findingLines(finding, manner)),
    ...quic.flatMap((each) => hanging('  ', quicText(each, manner), columns)),
    ...requests.slice(0, most).flatMap((each) => hanging('  ', http3Text(each, manner), columns)),
    ...tls.flatMap((each) => hanging('  ', tlsText(each, language), columns)),
    ...dns.slice(0, most).flatMap((each) => hanging('  ', dnsText(each, manner), columns)),
    ...http2On(connections, tls).flatMap(({http2}) => hanging('  ', http2Text(http2, language), columns)),
    ...http.slice(0, most).flatMap((each) => hanging('  ', httpText(each, manner), columns)),
  ];
};

const isUnknown = (overview: Overview, id: Conversation): boolean => {
  const row = rowIn(overview, id);
  return row?.opened === 'unknown' || row?.closed === 'unknown';
};

export const detailOf = (overview: Overview, id: Conversation, manner: Manner): Detail => {
  const {language, columns, ascii} = manner;
  const lessons = lessonsFor(overview, id);
  const sign = `${(ascii ? asciiGlyphs : unicodeGlyphs).deduced} `;
  const {conversations} = overview;
  const {inspector} = conversations;
  const isWhole = id === everything;
  const most = columns >= columnsForAll ? 2 * mostBars : mostBars;
  return {
    story: isWhole ? storyLines(conversations.all, inspector, manner) : [],
    bars: isWhole ? barLines(conversations.all, inspector, manner, most) : [],
    lines: isWhole ? oddLines(overview, manner) : toldLines(overview, id, manner),
    legend: isUnknown(overview, id) ? hanging(sign, say.deduced[language], columns) : [],
    lessons:
      lessons.length === 0
        ? []
        : hanging('', worded(say.lessons, {idCount: lessons.length, ids: lessons})[language], columns),
  };
};
