// Describes the HTTP/2 of a capture in sentences; the number of requests and their statuses are described elsewhere.

import {madeOf, type Text, worded} from '../../lesson/text.ts';
import type {Http2Connection} from '../../observe/http2-connection.ts';
import {http2On} from '../../observe/http2-json.ts';
import {grouped} from '../../wire/grouped.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {storyTexts as say} from '../../words/catalogue/story.ts';
import {notableIn, ofHttp3} from './requests.ts';
import type {Told} from './selection.ts';

export const notableTexts = ({http, quic}: Told): readonly Text[] => {
  const over3 = quic.flatMap(({http3}) => (http3?.exchanges ?? []).map(ofHttp3));
  const all = notableIn([...http, ...over3]);
  const list = madeOf([], (language) => all.map((each) => each[language]).join(punctuation.comma[language]));
  return all.length === 0 ? [] : [worded(say.among, {list})];
};

/** The least number of requests on an HTTP/2 connection for which the summary describes how well HPACK compresses header fields. */
const leastRequests = 3;

/**
 * Describes how much HPACK shrank the header fields of the later requests on an HTTP/2 connection (RFC 7541); empty if there were fewer
 * than three requests, or if none shrank to half of the first.
 */
const packedText = ({streams}: Http2Connection): readonly Text[] => {
  const sizes = streams.map(({request}) => request.headerBytes).filter((size) => size > 0);
  const [first = 0, ...later] = sizes;
  const least = Math.min(...later);
  const guarded = [
    ...new Set(streams.flatMap(({request, response}) => [...request.guarded, ...response.guarded])),
  ];
  return sizes.length < leastRequests || 2 * least > first
    ? []
    : [worded(say.packed, {first, least, never: guarded.length, guarded})];
};

/** Describes how one HTTP/2 connection began, whether requests had priorities, and how much their heads shrank. */
const oneTexts = (http2: Http2Connection): readonly Text[] => {
  const priorities = http2.frames.get('PRIORITY') ?? 0;
  return [
    ...(http2.start === 'upgrade' ? [say.upgraded] : []),
    ...(priorities > 0 ? [worded(say.priorities, {count: priorities})] : []),
    ...packedText(http2),
  ];
};

/** The most HTTP/2 connections that the summary of a capture describes; the list of connections describes all of them. */
const mostTold = 3;

/** Describes the HTTP/2 connections. A sentence that holds for several of them appears once, with their names. */
export const http2Texts = ({connections, tls}: Pick<Told, 'connections' | 'tls'>): readonly Text[] => {
  const told = http2On(connections, tls)
    .map(({stream, http2}) => oneTexts(http2).map((text) => ({name: `#${stream + 1}`, text})))
    .filter((texts) => texts.length > 0);
  if (told.length === 1) return told.flat().map(({text}) => text);
  return grouped(told.slice(0, mostTold).flat(), ({text}) => text.en).map((all) =>
    worded(say.onConnections, {names: all.map(({name}) => name), text: all[0].text}),
  );
};
