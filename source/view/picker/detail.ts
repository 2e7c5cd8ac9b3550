// What is told of conversations: what is notable of each, and below the table, of the marked one, the sentences of `inspect` and the
// lessons that explain them.
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

/** What is found of it, in a word or two each, what matters most first; else what there is to know it by. */
const notableOf = (overview: Overview, {id}: Row): readonly Text[] => {
  const {findings, dns, tls, http, quic} = toldOf(overview, id);
  // One that has several things of a kind is told of once.
  const odd = [...new Set(findings.map((each) => each.id))].map(briefOf);
  const names = [
    ...dns.map(asked),
    ...tls.flatMap(({session}) => session?.serverName ?? []),
    ...http.slice(0, 1).map(({request}) => request),
    ...quic.flatMap(({connection: {handshake}}) => handshake.serverName ?? []),
  ];
  return [...odd, ...[...new Set(names)].map(sameIn)];
};

/** Runs of lessons that show what is found of it, each once; the first one shows what matters most. */
const shownFor = (overview: Overview, id: Conversation): readonly Shown[] => [
  ...new Map(
    toldOf(overview, id).findings.flatMap((each) => {
      const shown = shownOf(each.id);
      return shown ? [[shownText(shown), shown] as const] : [];
    }),
  ).values(),
];

/** Of a list, as many as a screen could hold. */
const most = 40;

/** They leave room for what is odd. */
const mostBars = 6;
/** A screen of fewer columns has fewer rows, too. */
const columnsForAll = 100;

const foundLines = (told: Told, within: CaptureInspector | undefined, manner: Manner): readonly string[] => {
  const listing = {...manner, within, inShort: within && toldInShort(told)};
  return listedIn(told.findings)
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
