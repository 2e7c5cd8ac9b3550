// The first page of a capture: which names were asked for, what became of each connection in a line, and when that was, as bars.
import {type Language, worded} from '../../lesson/text.ts';
import type {DnsTransaction} from '../../observe/dns-transactions.ts';
import type {Endpoint, ObservedConnection} from '../../observe/observed-connection.ts';
import {displayName} from '../../wire/dns/display.ts';
import {RecordType, typeName} from '../../wire/dns/registry.ts';
import {groupName, versionName} from '../../wire/tls/registry.ts';
import {http2Told} from '../../words/catalogue/http2.ts';
import {openingWords, reportTexts, overviewTexts as say} from '../../words/catalogue/inspect.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {formatLength} from '../../words/format.ts';
import {repeated, textWidth} from '../../words/width.ts';
import {emptyAnswer} from './dns-lines.ts';
import {quicHappened, quicName} from './quic-lines.ts';
import type {Told} from './told.ts';
import {deducedMark, hanging, limitsShown, type Manner, transferTexts} from './told-lines.ts';

/** What is beyond them stands in the lists below. */
export const mostRows = 12;

const asksAddress = ({type}: {readonly type: number}): boolean =>
  type === RecordType.A || type === RecordType.AAAA;

/** Addresses by what names were answered with: whoever asked meant these. */
const namesOf = (dns: readonly DnsTransaction[]): ReadonlyMap<string, string> =>
  new Map(
    dns.flatMap(({query, response}) =>
      (response?.answers ?? []).flatMap(({data}) => {
        const [question] = query.questions;
        if (!question || !asksAddress(question) || (data.kind !== 'A' && data.kind !== 'AAAA')) return [];
        return [[data.address, displayName(question.name)] as const];
      }),
    ),
  );

const endText = ({address, port}: Endpoint, names: ReadonlyMap<string, string>): string =>
  `${names.get(address) ?? (address.includes(':') ? `[${address}]` : address)}:${port}`;

type Named = {
  readonly count: number;
  readonly fromUs: number;
  readonly untilUs: number;
  /** What it came to: the first that was no answer for want of room, if there is one. */
  readonly answer: DnsTransaction | undefined;
};

const hostOf = (end: string): string => end.slice(0, end.lastIndexOf(':'));

const isAnswered = ({outcome, response}: DnsTransaction): boolean =>
  outcome !== undefined && !response?.flags.tc;

const holdsAddresses = ({query}: DnsTransaction): boolean => query.questions.some(asksAddress);

const addressIn = (transaction: DnsTransaction | undefined): string | undefined => {
  if (!transaction || !holdsAddresses(transaction)) return undefined;
  for (const {data} of transaction.response?.answers ?? [])
    if (data.kind === 'A' || data.kind === 'AAAA') return data.address;
  return undefined;
};

/** By name, in the order of the first question, until whoever asked first had an answer. What a resolver asks for others is no question of its own. */
const askedIn = (dns: readonly DnsTransaction[]): ReadonlyMap<string, Named> => {
  const servers = new Set(dns.map(({server}) => hostOf(server)));
  const own = dns.filter(({client}) => !servers.has(hostOf(client)));
  const byName = new Map<string, DnsTransaction[]>();
  for (const each of own.length > 0 ? own : dns) {
    const name = displayName(each.query.questions[0]?.name ?? '');
    const [first] = byName.get(name) ?? [];
    if (first === undefined) byName.set(name, [each]);
    else if (hostOf(first.client) === hostOf(each.client)) byName.get(name)?.push(each);
  }
  return new Map(
    [...byName].map(([name, all]) => {
      const forAddress = all.some(holdsAddresses) ? all.filter(holdsAddresses) : all;
      const answered = forAddress.filter(isAnswered);
      const answer = answered.find((each) => addressIn(each) !== undefined) ?? answered[0];
      const fromUs = all[0]?.queryUs ?? 0;
      const untilUs = answer?.responseUs ?? all.reduce((last, {queryUs}) => Math.max(last, queryUs), fromUs);
      return [name, {count: all.length, fromUs, untilUs, answer}] as const;
    }),
  );
};

const answerText = (answer: DnsTransaction, language: Language): string => {
  const {response, query} = answer;
  const type = typeName(query.questions[0]?.type ?? 0);
  if (response === undefined) return say.unreadable[language];
  return response.answers.length > 0
    ? worded(say.otherAnswer, {type})[language]
    : emptyAnswer(response)[language];
};

const namesText = (dns: readonly DnsTransaction[], {language, ascii}: Manner): string =>
  [...askedIn(dns)]
    .slice(0, mostRows)
    .map(([name, {count, fromUs, untilUs, answer}]) => {
      const us = formatLength(untilUs - fromUs);
      if (!answer) return worded(say.silentName, {name, count, us})[language];
      const address = addressIn(answer);
      return address === undefined
        ? worded(say.emptyName, {name, what: answerText(answer, language), us})[language]
        : worded(say.foundName, {name, arrow: ascii ? '->' : '→', address, us})[language];
    })
    .join(ascii ? ' / ' : ' · ');

/** What was agreed on above TCP, or how it failed to open. */
const whatText = (connection: ObservedConnection, {tls, http}: Told, language: Language): string => {
  const opening = connection.course.opening(connection.client);
  const session = tls.find(({observed}) => observed === connection)?.session;
  const all = http.filter((each) => each.connection === connection.id);
  const isHttp2 = all.some(({stream}) => stream !== undefined);
  // What an upgrade was asked for with is the request of a stream, too.
  const requests = all.filter(
    ({stream, answer, pushed}) => !pushed && (!isHttp2 || stream !== undefined || answer?.status !== 101),
  );
  const pushes = all.filter(({pushed}) => pushed).length;
  const parts = [
    opening === 'complete' ? undefined : openingWords[opening][language],
    session?.version === undefined ? undefined : versionName(session.version),
    session?.group === undefined ? undefined : groupName(session.group),
    session?.resumed ? say.resumed[language] : undefined,
    isHttp2 ? http2Told.version[language] : undefined,
    requests.length === 0 ? undefined : worded(say.requests, {count: requests.length})[language],
    pushes === 0 ? undefined : worded(http2Told.pushed, {count: pushes})[language],
  ];
  return parts.filter((part) => part !== undefined).join(punctuation.comma[language]);
};

const connectionText = (
  connection: ObservedConnection,
  told: Told,
  names: ReadonlyMap<string, string>,
  {language, ascii}: Manner,
): string => {
  const {client, ends, firstUs, lastUs} = connection;
  const [near, far] = client === 0 ? ends : [ends[1], ends[0]];
  const bytes = connection.half(0).payloadBytes + connection.half(1).payloadBytes;
  const parts = [
    `${endText(near, names)} ${ascii ? '->' : '→'} ${endText(far, names)}`,
    whatText(connection, told, language),
    lastUs === firstUs ? '' : worded(say.carried, {bytes, us: formatLength(lastUs - firstUs)})[language],
  ];
  return parts.filter((part) => part !== '').join(punctuation.semicolon[language]);
};

type Bar = {
  readonly label: string;
  readonly fromUs: number;
  readonly untilUs: number;
  readonly waits: boolean;
};

/** All names together: the connections wait for them. */
const barsOf = (
  dns: readonly DnsTransaction[],
  all: readonly ObservedConnection[],
  language: Language,
): readonly Bar[] => {
  const names = [...askedIn(dns).values()];
  const asked = {
    ...{label: say.names[language], waits: names.every(({answer}) => answer === undefined)},
    ...{fromUs: Math.min(...names.map(({fromUs}) => fromUs))},
    ...{untilUs: Math.max(...names.map(({untilUs}) => untilUs))},
  };
  const connections = all.slice(0, mostRows).map(({id, firstUs, lastUs}) => ({
    ...{label: `#${id}`, fromUs: firstUs, untilUs: lastUs, waits: false},
  }));
  return names.length === 0 ? connections : [asked, ...connections];
};

const leastBars = 2;

/** When each began and ended: none where there is but one thing, or no time passed. */
export const barLines = (
  {dns}: Told,
  all: readonly ObservedConnection[],
  {durationUs, manner}: {readonly durationUs: number; readonly manner: Manner},
): readonly string[] => {
  const bars = barsOf(dns, all, manner.language);
  if (bars.length < leastBars || durationUs <= 0) return [];
  const lead = Math.max(...bars.map(({label}) => textWidth(label))) + 4;
  const width = Math.max(10, manner.columns - lead - 1);
  // Clocks are set back at times.
  const cellAt = (us: number): number =>
    Math.max(0, Math.min(width - 1, Math.floor((width * us) / durationUs)));
  const [full, waiting] = manner.ascii ? ['#', '.'] : ['█', '░'];
  const end = formatLength(durationUs);
  const axis = `0${repeated(' ', Math.max(1, width - 1 - textWidth(end)))}${end}`;
  const rows = bars.map(({label, fromUs, untilUs, waits}) => {
    const [from, to] = [cellAt(fromUs), cellAt(untilUs)];
    const before = repeated(' ', lead - 2 - textWidth(label) + from);
    return `  ${label}${before}${repeated(waits ? waiting : full, Math.max(1, to - from + 1))}`;
  });
  return [`${repeated(' ', lead)}${axis}`, ...rows];
};

/** In a line each, whom they are about at their beginning. */
export const happenedLines = (
  told: Told,
  connections: readonly ObservedConnection[],
  manner: Manner,
): readonly string[] => {
  const {language, columns} = manner;
  const names = namesOf(told.dns);
  const title = say.names[language];
  const shown = connections.slice(0, mostRows);
  const isDeduced = shown.some(limitsShown);
  const mark = deducedMark(manner.ascii);
  return [
    ...(told.dns.length === 0 ? [] : hanging(`  ${title}  `, namesText(told.dns, manner), columns)),
    ...shown.flatMap((each) => [
      ...hanging(`  #${each.id} `, connectionText(each, told, names, manner), columns),
      ...transferTexts(each, mark).flatMap((text) => hanging('     ', text[language], columns)),
    ]),
    ...told.quic
      .slice(0, mostRows)
      .flatMap((each) => hanging(`  ${quicName(each)} `, quicHappened(each, manner), columns)),
    ...(connections.length > mostRows
      ? [`  ${worded(say.others, {count: connections.length - mostRows})[language]}`]
      : []),
    ...(isDeduced ? [`  ${worded(reportTexts.deduced, {mark})[language]}`] : []),
  ];
};
