// Sums up a capture in a paragraph, for a person who asks what happened. Each sentence covers everything of one kind; the lists below it
// contain each item.

import {type Text, worded} from '../../lesson/text.ts';
import type {CaptureInspector} from '../../observe/capture-inspector.ts';
import type {ObservedConnection} from '../../observe/observed-connection.ts';
import type {CapturedQuic} from '../../observe/quic-captured.ts';
import {connectionOf, type Finding} from '../../verdict/finding.ts';
import type {FindingId} from '../../verdict/ids.ts';
import {isOpened, octetsOn, serverOf} from '../../verdict/sides.ts';
import {grouped} from '../../wire/grouped.ts';
import {versionName} from '../../wire/tls/registry.ts';
import {reportTexts} from '../../words/catalogue/inspect.ts';
import {storyTexts as say} from '../../words/catalogue/story.ts';
import {type Listed, listedIn, listedText, mattersMost} from '../findings/listed.ts';
import {tellsEnd} from '../findings/sentence.ts';
import {namesOf} from './asked-names.ts';
import {askedOnce, ofHttp3, type ToldRequest} from './requests.ts';
import type {Told} from './selection.ts';
import {soundnessIn} from './soundness.ts';
import {endText} from './spans.ts';
import {http2Texts, notableTexts} from './story-http.ts';
import {namesTexts} from './story-names.ts';
import {networkTexts} from './story-network.ts';
import {sessionTexts} from './story-tls.ts';
import {when} from './when.ts';
import {whoText} from './who.ts';

const mostNamed = 3;

/** An HTTP request; `secure`: it was sent inside TLS or QUIC. */
type Asked = Pick<ToldRequest, 'answer' | 'frame' | 'reset' | 'unreadable'> & {
  readonly protocol: string;
  readonly secure: boolean;
  readonly on: string;
};

const requestsAsked = ({http, tls, quic}: Told): readonly Asked[] => {
  const secured = new Set(tls.flatMap(({session, observed}) => (session ? [observed.id] : [])));
  return [
    ...askedOnce(http).map((each) => ({
      ...each,
      protocol: each.stream === undefined ? 'HTTP/1' : 'HTTP/2',
      ...{secure: secured.has(each.connection), on: `#${each.connection}`},
    })),
    ...quic.flatMap(({connection, http3}) =>
      (http3?.exchanges ?? [])
        .filter(({request}) => request.head)
        .map((exchange) => ({
          ...ofHttp3(exchange),
          ...{protocol: 'HTTP/3', secure: false, on: `u${connection.id}`},
        })),
    ),
  ];
};

const requestTexts = (told: Told): readonly Text[] => {
  const groups = grouped(requestsAsked(told), ({protocol, secure}) => `${protocol} ${secure}`);
  return groups.map((all) => {
    const [{protocol, secure}] = all;
    const broken = all.filter(({reset}) => reset).length;
    const silent = all.filter(
      ({reset, answer, frame, unreadable}) =>
        !reset && unreadable === undefined && (!answer || frame === undefined),
    ).length;
    const failed = all.filter(({answer}) => answer && answer.status >= 400).length;
    const connections = new Set(all.map(({on}) => on)).size;
    return worded(say.requests, {count: all.length, protocol, secure, connections, failed, silent, broken});
  });
};

/**
 * Describes the TLS and QUIC connections that could not be decrypted, and names their servers. `file`: the file name to write after
 * `--keylog`.
 */
const closedTexts = (told: Told, file: string): readonly Text[] => {
  const names = namesOf(told.dns);
  const shut = told.tls.flatMap(({session, observed, http, http2, dns}) =>
    session?.closed && session.version !== undefined && http.length + dns.length === 0 && !http2
      ? [{observed, session}]
      : [],
  );
  const sites = shut.map(({observed, session}) => session.serverName ?? endText(serverOf(observed), names));
  const versions = [...new Set(shut.map(({session}) => versionName(session.version ?? 0)))];
  const secrets = shut.some(({session}) => session.why !== undefined);
  const version = versions.join('/');
  return [
    ...when(shut.length > 0, () =>
      worded(say.closedTls, {...firstOf(sites), count: shut.length, version, secrets, file}),
    ),
    ...closedQuicTexts(told.quic, file),
    ...carriedQuicTexts(told.quic),
  ];
};

/** Returns the first different names of a list, and how many others there are. */
const firstOf = (names: readonly string[]): {readonly names: readonly string[]; readonly more: number} => {
  const all = [...new Set(names)];
  return {names: all.slice(0, mostNamed), more: Math.max(0, all.length - mostNamed)};
};

const quicName = ({connection: {handshake, ends}}: CapturedQuic): string => handshake.serverName ?? ends[1];

const closedQuicTexts = (quic: readonly CapturedQuic[], file: string): readonly Text[] => {
  const closed = quic.filter(
    ({connection: {opened, isAnswered, versionsOfServer}}) => !opened && (isAnswered || versionsOfServer),
  );
  const isOther = ({connection}: CapturedQuic): boolean => !connection.isAnswered;
  const groups = grouped(closed, (each) => `${isOther(each)} ${each.withSecrets}`);
  return groups.map((all) => {
    const counts = all.flatMap(({connection}) => Object.values(connection.packets));
    const packets = counts.reduce((sum, each) => sum + each, 0);
    const about = {count: all.length, packets, other: isOther(all[0]), secrets: all[0].withSecrets};
    return worded(say.closedQuic, {...firstOf(all.map(quicName)), ...about, file});
  });
};

/** Describes the QUIC connections that were decrypted but carry a protocol that this program does not decode. */
const carriedQuicTexts = (quic: readonly CapturedQuic[]): readonly Text[] => {
  const others = quic.filter(({connection, http3, dns}) => connection.opened && !http3 && dns.length === 0);
  const protocols = grouped(others, ({connection}) => connection.handshake.alpn ?? '');
  return protocols.map((all) => {
    const bytes = total(all, ({connection}, side) => connection.bytes(side));
    const about = {count: all.length, bytes, alpn: all[0].connection.handshake.alpn};
    return worded(say.carriedQuic, {...firstOf(all.map(quicName)), ...about});
  });
};

const total = <T>(all: readonly T[], of: (each: T, side: 0 | 1) => number): number =>
  all.reduce((sum, each) => sum + of(each, 0) + of(each, 1), 0);

/**
 * The most findings that the summary describes because they say what the capture shows, and which these are: a port scan, one direction, and
 * protocols that are not decoded.
 */
const mostSubjects = 3;
const subjects: ReadonlySet<FindingId> = new Set(['port-scan', 'one-direction', 'not-read'] as const);

const findingTexts = (told: Told, inspector: CaptureInspector): readonly Text[] => {
  const alone = told.connections.length + (told.whole ? inspector.udp.all : told.datagrams).length <= 1;
  const soundness = soundnessIn(told, inspector);
  return [
    ...mattersMost(told.findings).map((each) => listedText(each, alone)),
    ...(soundness ? [reportTexts.sound[soundness]] : []),
  ];
};

const subjectsOf = ({findings}: Told): readonly Listed[] =>
  listedIn(findings.filter(({id}) => subjects.has(id))).slice(0, mostSubjects);

/** Returns the findings whose sentences the section *In short* contains. */
export const toldInShort = (told: Told): ReadonlySet<Finding> =>
  new Set([...mattersMost(told.findings), ...subjectsOf(told)].map(({finding}) => finding));

/** Counts the TCP connections that opened but carried no data. */
const idleTexts = (connections: readonly ObservedConnection[]): readonly Text[] => {
  const count = connections.filter((each) => {
    const isOpen = ['complete', 'simultaneous'].includes(each.course.opening(each.client));
    return isOpen && octetsOn(each) === 0;
  }).length;
  return count === 0 ? [] : [worded(say.idle, {count})];
};

/** The ways in which a TCP connection may end, by how its opening or its closing is called. */
const endings = {
  ...({refused: 'refused', unanswered: 'unanswered', 'half-open': 'unopened'} as const),
  ...({complete: 'open', 'not-captured': 'open'} as const),
  ...({'client-first': 'closed', 'server-first': 'closed', simultaneous: 'closed'} as const),
  ...({'reset-by-client': 'reset', 'reset-by-server': 'reset'} as const),
  ...({'half-close-by-client': 'half', 'half-close-by-server': 'half', none: 'open'} as const),
} as const;

const endingOf = (connection: ObservedConnection): (typeof endings)[keyof typeof endings] => {
  const {course, client} = connection;
  return endings[isOpened(connection) ? course.closing(client) : course.opening(client)];
};

/** Tells how the TCP connections ended, without those of which the sentence of a finding says it. */
const endedTexts = (told: Told, connections: readonly ObservedConnection[]): readonly Text[] => {
  const said = new Set(
    mattersMost(told.findings)
      .flatMap(({finding, alike}) => [finding, ...alike])
      .flatMap((each) => (tellsEnd(each.id) ? [connectionOf(each)] : [])),
  );
  const rest = connections.filter(({id}) => !said.has(id));
  if (rest.length === 0) return [];
  const groups = grouped(rest, endingOf);
  const isWhole = rest.length === told.connections.length;
  const of = !isWhole ? 'others' : rest.length === 1 ? 'one' : groups.length === 1 ? 'alike' : 'all';
  const list = groups.map((each) => {
    const alone = of === 'one' || of === 'alike';
    return worded(say.ended, {alone, how: endingOf(each[0]), count: each.length});
  });
  return [worded(say.endings, {of, count: rest.length, list})];
};

/**
 * Returns the sentences that sum up a capture: who, what matters most, then in the order in which a page is fetched: names, requests,
 * connections, TLS and what was not decrypted.
 */
export const storyOf = (
  told: Told,
  inspector: CaptureInspector,
  /** The TCP connections of the capture that do not belong to a flood or a scan. */
  connections: readonly ObservedConnection[],
  /** The key log's file name, which sentences on encrypted connections write after `--keylog`. */
  keyLog: string,
): readonly Text[] => [
  whoText(told, inspector),
  ...findingTexts(told, inspector),
  ...endedTexts(told, connections),
  ...namesTexts(told),
  ...requestTexts(told),
  ...notableTexts(told),
  ...subjectsOf(told).map((each) => listedText(each, true)),
  ...idleTexts(connections),
  ...http2Texts(told),
  ...sessionTexts(told),
  ...closedTexts(told, keyLog),
  ...(told.whole ? networkTexts(inspector) : []),
];
