// Writes the texts of the page on a capture's content: what is notable about each conversation and, for the marked one, the sentences of
// `inspect` and the lessons that explain its findings.
import {sameIn, type Text, worded} from '../../lesson/text.ts';
import type {CaptureInspector} from '../../observe/capture-inspector.ts';
import type {Conversation} from '../../observe/captured-place.ts';
import {http2On} from '../../observe/http2-json.ts';
import {type Shown, shownOf, shownText} from '../../verdict/shown.ts';
import {pickerWords as say} from '../../words/catalogue/picker.ts';
import {listedIn, listedLines} from '../findings/listed.ts';
import {briefOf} from '../findings/sentence.ts';
import {glyphsFor} from '../glyphs.ts';
import {asked, dnsText} from '../inspect/dns-lines.ts';
import {barLines, storyLines} from '../inspect/first-page.ts';
import {http2Text} from '../inspect/http2-lines.ts';
import {http3Text, quicText} from '../inspect/quic-lines.ts';
import {othersText} from '../inspect/report.ts';
import type {Told} from '../inspect/selection.ts';
import {toldInShort} from '../inspect/story.ts';
import {courseText, datagramsText, hanging, httpText, type Manner, tlsText} from '../inspect/told-lines.ts';
import {type Detail, everything, type Overview, type Row, rowIn, type Telling} from './overview.ts';

const toldOf = ({conversations}: Overview, id: Conversation): Told =>
  id === everything ? conversations.all : conversations.of(id);

const interestOf = ({conversations}: Overview, id: Conversation): number => conversations.interestOf(id);

/**
 * Returns the findings on a conversation in a word or two each, the most important first, and then names that characterise it, such as its
 * server or request.
 */
const notableOf = (overview: Overview, {id}: Row): readonly Text[] => {
  const {findings, dns, tls, http, quic} = toldOf(overview, id);
  // Several findings of one kind on a conversation are mentioned once.
  const odd = [...new Set(findings.map((each) => each.id))].map(briefOf);
  const names = [
    ...dns.map(asked),
    ...tls.flatMap(({session}) => session?.serverName ?? []),
    ...http.slice(0, 1).map(({request}) => request),
    ...quic.flatMap(({connection: {handshake}}) => handshake.serverName ?? []),
  ];
  return [...odd, ...[...new Set(names)].map(sameIn)];
};

/**
 * Returns the lessons' runs that demonstrate the findings on a conversation, each once; the first one is about the most important finding.
 */
const shownFor = (overview: Overview, id: Conversation): readonly Shown[] => [
  ...new Map(
    toldOf(overview, id).findings.flatMap((each) => {
      const shown = shownOf(each.id);
      return shown ? [[shownText(shown), shown] as const] : [];
    }),
  ).values(),
];

/** The most findings, DNS lookups or requests that the page on a capture lists, as many as fit on a screen. */
const most = 40;

/** The most time bars on a narrow screen, few enough to leave room for findings; a screen of `columnsForAll` columns gets twice as many. */
const mostBars = 6;
/** The number of columns of a screen below which it probably has few rows, too, so that fewer time bars are shown. */
const columnsForAll = 100;

const foundLines = (told: Told, within: CaptureInspector | undefined, manner: Manner): readonly string[] => {
  const inShort = within && toldInShort(told);
  const listing = {...manner, within, inShort};
  return listedIn(told.findings, inShort)
    .slice(0, most)
    .flatMap((each) => listedLines(each, listing));
};

const toldLines = (overview: Overview, id: Conversation, manner: Manner): readonly string[] => {
  const {language, columns} = manner;
  const told = toldOf(overview, id);
  const {connections, datagrams, dns, tls, http, quic} = told;
  const requests = quic.flatMap((each) => each.http3?.exchanges ?? []);
  return [
    ...connections.flatMap((each) => hanging('', courseText(each, language), columns)),
    ...datagrams.flatMap((each) => hanging('', datagramsText(each, language), columns)),
    ...foundLines(told, undefined, manner),
    ...quic.flatMap((each) => hanging('  ', quicText(each, manner), columns)),
    ...requests.slice(0, most).flatMap((each) => hanging('  ', http3Text(each, manner), columns)),
    ...tls.flatMap((each) => hanging('  ', tlsText(each, manner), columns)),
    ...dns.slice(0, most).flatMap((each) => hanging('  ', dnsText(each, manner), columns)),
    ...http2On(connections, tls).flatMap(({http2}) => hanging('  ', http2Text(http2, language), columns)),
    ...http.slice(0, most).flatMap((each) => hanging('  ', httpText(each, manner), columns)),
  ];
};

const isUnknown = (overview: Overview, id: Conversation): boolean => {
  const row = rowIn(overview, id);
  return row?.opened === 'unknown' || row?.closed === 'unknown';
};

const detailOf = (overview: Overview, id: Conversation, manner: Manner): Detail => {
  const {language, columns, ascii} = manner;
  const lessons = shownFor(overview, id).map(shownText);
  const sign = `${glyphsFor(ascii).deduced} `;
  const {conversations} = overview;
  const {inspector} = conversations;
  const isWhole = id === everything;
  const most = columns >= columnsForAll ? 2 * mostBars : mostBars;
  return {
    story: isWhole ? storyLines(conversations.all, inspector, manner) : [],
    bars: isWhole ? barLines(conversations.all, inspector, manner, most) : [],
    lines: isWhole ? foundLines(conversations.all, inspector, manner) : toldLines(overview, id, manner),
    legend: isUnknown(overview, id) ? hanging(sign, say.deduced[language], columns) : [],
    lessons:
      lessons.length === 0
        ? []
        : hanging('', worded(say.lessons, {idCount: lessons.length, ids: lessons})[language], columns),
  };
};

export const telling: Telling = {interestOf, notableOf, shownFor, detailOf, othersText};
