// A capture in a paragraph: what a person is told who asks what happened. Each sentence is about one kind of thing, all of it together;
// one by one they stand below.

import {type Text, worded} from '../../lesson/text.ts';
import type {CaptureInspector} from '../../observe/capture-inspector.ts';
import type {ObservedConnection} from '../../observe/observed-connection.ts';
import type {CapturedQuic} from '../../observe/quic-captured.ts';
import {sideName} from '../../observe/quic-json.ts';
import {grouped} from '../../wire/grouped.ts';
import {closeName, isNoError} from '../../wire/quic/error-name.ts';
import {isCanceled, isFatal} from '../../wire/tls/alert.ts';
import {alertName, versionName} from '../../wire/tls/registry.ts';
import {storyTexts as say, storyLimits} from '../../words/catalogue/story.ts';
import {formatTime} from '../../words/format.ts';
import {namesOf} from './asked-names.ts';
import {when} from './finding.ts';
import {attemptsText, bothFamilies} from './happy-eyeballs.ts';
import {gapsIn, givenUp} from './quic-lines.ts';
import {rateText} from './rates.ts';
import {askedOnce, ofHttp3, type ToldRequest} from './requests.ts';
import {bytesOn, isOpened, serverOf, sides} from './sides.ts';
import {endText} from './spans.ts';
import {dividedTexts, http2Texts, notableTexts} from './story-http.ts';
import {namesTexts} from './story-names.ts';
import {networkTexts} from './story-network.ts';
import {sessionTexts} from './story-tls.ts';
import {floodsIn} from './tcp-findings.ts';
import {outdatedIn} from './tls-age.ts';
import type {Told} from './told.ts';
import {transferIn} from './transfers.ts';
import {whoText} from './who.ts';

const mostNamed = 3;

/** `secure`: inside TLS or QUIC. */
type Asked = Pick<ToldRequest, 'answer' | 'frame' | 'reset'> & {
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
    const silent = all.filter(({reset, answer, frame}) => !reset && (!answer || frame === undefined)).length;
    const failed = all.filter(({answer}) => answer && answer.status >= 400).length;
    const connections = new Set(all.map(({on}) => on)).size;
    return worded(say.requests, {count: all.length, protocol, secure, connections, failed, silent, broken});
  });
};

const failedTexts = ({tls}: Told): readonly Text[] =>
  tls
    .flatMap(({session, observed, http, http2}) => {
      const alert = session?.alerts.find((each) => isFatal(each, session.version) || isCanceled(each));
      // What cannot be opened may have been a request.
      const asked = http.length > 0 || http2 !== undefined || session?.closed === true;
      return session && alert ? [{session, observed, alert, asked}] : [];
    })
    .slice(0, mostNamed)
    .map(({session: {serverName}, observed, alert: {side, description}, asked}) =>
      worded(say.failedTls, {
        name: serverName ?? endText(serverOf(observed), new Map()),
        by: sideName(side),
        alert: alertName(description),
        canceled: isCanceled({description}),
        early: !asked,
      }),
    );

const outdatedTexts = ({tls}: Told): readonly Text[] => {
  const versions = [...new Set(tls.flatMap(({session}) => (session && outdatedIn(session).version) ?? []))];
  return when(versions.length > 0, () => worded(say.outdated, {versions, count: versions.length}));
};

/** Of TLS and QUIC: what was not opened, and with whom. */
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
    ...failedQuicTexts(told.quic),
    ...closedQuicTexts(told.quic, file),
    ...carriedQuicTexts(told.quic),
  ];
};

/** The first names of a list, each once, and how many are left. */
const firstOf = (names: readonly string[]): {readonly names: readonly string[]; readonly more: number} => {
  const all = [...new Set(names)];
  return {names: all.slice(0, mostNamed), more: Math.max(0, all.length - mostNamed)};
};

const quicName = ({connection: {handshake, ends}}: CapturedQuic): string => handshake.serverName ?? ends[1];

/** How it failed, if its end was an error of the transport (RFC 9000 §20.1). */
const failureOf = ({connection: {closes}}: CapturedQuic) =>
  closes.told && !closes.told.application && !isNoError(closes.told) ? closes.told : undefined;

const failedQuicTexts = (quic: readonly CapturedQuic[]): readonly Text[] =>
  quic
    .flatMap((each) =>
      when(failureOf(each), (close) =>
        worded(say.failedQuic, {
          name: quicName(each),
          by: sideName(close.by),
          code: closeName(close, false),
        }),
      ),
    )
    .slice(0, mostNamed);

const closedQuicTexts = (quic: readonly CapturedQuic[], file: string): readonly Text[] => {
  const closed = quic.filter((each) => !each.connection.opened && !failureOf(each));
  const answered = ({connection}: CapturedQuic): string =>
    connection.isAnswered ? 'yes' : connection.versionsOfServer ? 'version' : 'no';
  const groups = grouped(closed, (each) => `${answered(each)} ${each.withSecrets}`);
  return groups.map((all) => {
    const counts = all.flatMap(({connection}) => Object.values(connection.packets));
    const packets = counts.reduce((sum, each) => sum + each, 0);
    const about = {count: all.length, packets, answered: answered(all[0]), secrets: all[0].withSecrets};
    return worded(say.closedQuic, {...firstOf(all.map(quicName)), ...about, file});
  });
};

/** Opened, but nothing that is read is inside. */
const carriedQuicTexts = (quic: readonly CapturedQuic[]): readonly Text[] => {
  const others = quic.filter(({connection, http3, dns}) => connection.opened && !http3 && dns.length === 0);
  const protocols = grouped(others, ({connection}) => connection.handshake.alpn ?? '');
  return protocols.map((all) => {
    const bytes = total(all, ({connection}, side) => connection.bytes(side));
    const about = {count: all.length, bytes, alpn: all[0].connection.handshake.alpn};
    return worded(say.carriedQuic, {...firstOf(all.map(quicName)), ...about});
  });
};

/** RFC 9000 §8.1.2, RFC 9001 §6. */
const retriedTexts = ({quic}: Told): readonly Text[] => {
  const count = quic.filter(({connection}) => connection.retryToken !== undefined).length;
  const changes = quic.reduce((sum, {connection}) => sum + connection.keyPhaseChanges, 0);
  return [
    ...(count === 0 ? [] : [worded(say.retried, {count})]),
    ...(changes === 0 ? [] : [worded(say.updatedKeys, {changes})]),
  ];
};

/** Of two families that were tried side by side (RFC 8305) the story is one. */
const openingTexts = ({dns}: Told, connections: readonly ObservedConnection[]): readonly Text[] => {
  const both = bothFamilies(connections, dns);
  const told = new Set(both.map(({first, second, used}) => (used === first ? second : first)));
  return [...both.map(attemptsText), ...unopenedTexts(connections.filter((each) => !told.has(each)))];
};

/** `turned`: TCP never answered, but by ICMP somebody did. */
const failureIn = ({course, client, notes}: ObservedConnection): string => {
  const opening = course.opening(client);
  return opening === 'unanswered' && notes.refusal ? 'turned' : opening;
};

const unopenedTexts = (connections: readonly ObservedConnection[]): readonly Text[] =>
  (['refused', 'turned', 'unanswered', 'half-open'] as const).flatMap((how) => {
    const count = connections.filter((each) => failureIn(each) === how).length;
    return count === 0 ? [] : [worded(say.unopened, {how, count})];
  });

type Slowed = {readonly back: boolean; readonly by: keyof typeof storyLimits; readonly rate: string};

const slowedIn = (told: Told, connection: ObservedConnection): readonly Slowed[] =>
  sides.flatMap((side) => {
    const transfer = transferIn(told, connection, side);
    const [limit] = transfer?.limits ?? [];
    return transfer && limit
      ? [{back: side !== connection.client, by: limit.by, rate: rateText(transfer.bitsPerSecond)}]
      : [];
  });

/** What held transfers back, the most frequent first; of one its rate, too. */
const transferTexts = (
  told: Told,
  connections: readonly ObservedConnection[],
  mark: string,
): readonly Text[] => {
  const slowed = connections.flatMap((each) => slowedIn(told, each));
  const groups = grouped(slowed, ({back, by}) => `${back} ${by}`);
  return groups
    .toSorted((a, b) => b.length - a.length)
    .slice(0, mostNamed)
    .map((all) => {
      const [{back, by, rate}] = all;
      const count = all.length;
      return worded(say.slowed, {
        count,
        back,
        by: storyLimits[by],
        rate: count === 1 ? rate : undefined,
        mark,
      });
    });
};

const total = <T>(all: readonly T[], of: (each: T, side: 0 | 1) => number): number =>
  all.reduce((sum, each) => sum + of(each, 0) + of(each, 1), 0);

const lossTexts = ({connections, quic}: Told): readonly Text[] => {
  const again = total(connections, (each, side) => each.half(side).reasons.resendings.count);
  const lost = total(quic, ({connection}, side) => connection.acks.lost(side).length);
  return again + lost === 0 ? [] : [worded(say.lost, {again, lost})];
};

const waitTexts = ({quic}: Told): readonly Text[] => {
  const gaps = quic.flatMap(({connection}) => gapsIn(connection));
  const late = [...new Set(gaps.map(({stream}) => stream))];
  const us = formatTime(Math.max(0, ...gaps.map((gap) => gap.us)));
  const lost = gaps.every(({missing}) => missing.length > 0);
  const silences = quic.flatMap(({connection}) => givenUp(connection) ?? []);
  const [silence] = silences;
  return [
    ...when(late.length > 0, () =>
      worded(say.waited, {count: late.length, lost, us, ids: late.map(({id}) => id)}),
    ),
    ...when(silence, ({by, count}) =>
      worded(say.silent, {count: silences.length, by: sideName(by), probes: count}),
    ),
  ];
};

/** All that was asked for on it was there by then. */
const hadAll = ({http}: Told, {id}: ObservedConnection): boolean => {
  const own = http.filter(({connection}) => connection === id);
  return own.length > 0 && own.every(({answer, frame, reset}) => answer && frame !== undefined && !reset);
};

const endTexts = (told: Told, connections: readonly ObservedConnection[]): readonly Text[] => {
  const reset = connections.filter(
    (each) => each.course.closing(each.client).startsWith('reset') && isOpened(each),
  );
  return grouped(reset, (each) => `${hadAll(told, each)}`).map((all) =>
    worded(say.reset, {
      ...{count: all.length, whole: hadAll(told, all[0])},
      only: told.connections.length === 1,
    }),
  );
};

/** Connections of which nothing but their octets is told. */
const otherTexts = ({connections, http, tls, dns}: Told): readonly Text[] => {
  const known = new Set([
    ...http.map((each) => each.connection),
    ...tls.flatMap((each) => (each.session ? [each.observed.id] : [])),
  ]);
  const others = connections.filter(
    (each) => !known.has(each.id) && bytesOn(each) > 0 && !dns.some(({transport}) => transport === 'tcp'),
  );
  const bytes = others.reduce((sum, each) => sum + bytesOn(each), 0);
  return others.length === 0 ? [] : [worded(say.carried, {count: others.length, bytes})];
};

/** Nothing was said on them. */
const idleTexts = (connections: readonly ObservedConnection[]): readonly Text[] => {
  const count = connections.filter((each) => {
    const isOpen = ['complete', 'simultaneous'].includes(each.course.opening(each.client));
    return isOpen && bytesOn(each) === 0;
  }).length;
  return count === 0 ? [] : [worded(say.idle, {count})];
};

const floodTexts = (connections: readonly ObservedConnection[]): readonly Text[] =>
  [...floodsIn(connections)].map(([server, {length}]) => worded(say.flood, {server, count: length}));

/** In the order in which a page is fetched: names, requests, what stayed shut, what went wrong, what was slow. */
export const storyOf = (
  told: Told,
  inspector: CaptureInspector,
  /** Without those that are part of a flood. */
  connections: readonly ObservedConnection[],
  /** Before what is deduced; and what is written after `--keylog`. */
  {mark, keyLog}: {readonly mark: string; readonly keyLog: string},
): readonly Text[] => [
  whoText(told, inspector),
  ...namesTexts(told),
  ...requestTexts(told),
  ...notableTexts(told),
  ...dividedTexts(told),
  ...otherTexts(told),
  ...idleTexts(connections),
  ...http2Texts(told),
  ...sessionTexts(told),
  ...retriedTexts(told),
  ...closedTexts(told, keyLog),
  ...failedTexts(told),
  ...outdatedTexts(told),
  ...floodTexts(told.connections),
  ...openingTexts(told, connections),
  ...transferTexts(told, connections, mark),
  ...lossTexts(told),
  ...waitTexts(told),
  ...endTexts(told, connections),
  ...(told.whole ? networkTexts(inspector) : []),
];
