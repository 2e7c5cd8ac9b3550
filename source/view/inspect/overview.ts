// The first page of a capture: which names were asked for, and what became of each connection in a line.
import {type Language, worded} from '../../lesson/text.ts';
import type {DnsTransaction} from '../../observe/dns-transactions.ts';
import type {ObservedConnection} from '../../observe/observed-connection.ts';
import {typeName} from '../../wire/dns/registry.ts';
import {groupName, versionName} from '../../wire/tls/registry.ts';
import {http2Told} from '../../words/catalogue/http2.ts';
import {openingWords, reportTexts, overviewTexts as say} from '../../words/catalogue/inspect.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {formatLength} from '../../words/format.ts';
import {addressIn, askedIn, namesOf} from './asked-names.ts';
import {emptyAnswer} from './dns-lines.ts';
import {quicHappened, quicName} from './quic-lines.ts';
import {endText} from './spans.ts';
import type {Told} from './told.ts';
import {deducedMark, hanging, limitsShown, type Manner, transferTexts} from './told-lines.ts';

/** What is beyond them stands in the lists below. */
export const mostRows = 12;

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
