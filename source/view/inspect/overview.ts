// Writes the overview of a capture: the DNS names that were asked for, and a line on each connection.

import {type Language, worded} from '../../lesson/text.ts';
import type {DnsTransaction} from '../../observe/dns-transactions.ts';
import type {ObservedConnection} from '../../observe/observed-connection.ts';
import {endsFrom, octetsOn} from '../../verdict/sides.ts';
import {rdataText} from '../../wire/dns/record-text.ts';
import {typeName} from '../../wire/dns/registry.ts';
import {groupName, versionName} from '../../wire/tls/registry.ts';
import {http2Told} from '../../words/catalogue/http2.ts';
import {openingWords, reportTexts, overviewTexts as say} from '../../words/catalogue/inspect.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {formatTime} from '../../words/format.ts';
import {cut} from '../../words/width.ts';
import {addressesIn, addressIn, aliasesIn, askedIn, type Named, namesOf} from './asked-names.ts';
import {emptyAnswer} from './dns-lines.ts';
import {quicHappened, quicName} from './quic-lines.ts';
import {askedOnce, notableIn} from './requests.ts';
import type {Told} from './selection.ts';
import {endText} from './spans.ts';
import {arrow, hanging, type Manner} from './told-lines.ts';
import {transferTexts} from './transfers.ts';

/** The most rows of a capture's overview; the lists below the overview contain the other connections and names. */
export const mostRows = 12;
/** The most columns for a DNS service record (HTTPS, SVCB) in the overview, as many as in the list of DNS questions. */
const longestService = 66;

const answerText = (answer: DnsTransaction, language: Language): string => {
  const {response, question} = answer;
  const type = typeName(question?.type ?? 0);
  if (response === undefined) return say.unreadable[language];
  return response.answers.length > 0
    ? worded(say.otherAnswer, {type})[language]
    : emptyAnswer(response)[language];
};

/** Describes a DNS name that was asked for, and its answer. A failure is mentioned first, because later answers only worked around it. */
const nameText = (
  name: string,
  named: Named,
  {language, ascii}: Pick<Manner, 'language' | 'ascii'>,
): string => {
  const {count, fromUs, untilUs, answer, other, failed, service} = named;
  const us = formatTime(untilUs - fromUs);
  if (!answer) return worded(say.silentName, {name, count, us})[language];
  const address = addressIn(answer);
  const data = service?.response?.answers.find((each) => each.data.kind === 'SVCB')?.data;
  const isFailed = failed !== undefined && failed !== answer;
  const found = address && [...aliasesIn(answer), address].join(` ${arrow(ascii)} `);
  const parts = [
    isFailed ? answerText(failed, language) : undefined,
    isFailed && answer.query.flags.cd ? undefined : (found ?? answerText(answer, language)),
    isFailed ? undefined : addressIn(other),
    data && service !== answer ? cut(`HTTPS ${rdataText(data)}`, longestService) : undefined,
  ].filter((part) => part !== undefined);
  const what = parts.join(punctuation.comma[language]);
  const more = [answer, other].reduce((sum, each) => sum + Math.max(0, addressesIn(each).length - 1), 0);
  return found && !isFailed
    ? worded(say.foundName, {name, arrow: arrow(ascii), address: what, more, us})[language]
    : worded(say.emptyName, {name, what, us})[language];
};

const namesText = (dns: readonly DnsTransaction[], {language, ascii}: Manner): string =>
  [...askedIn(dns)]
    .slice(0, mostRows)
    .map(([name, named]) => nameText(name, named, {language, ascii}))
    .join(ascii ? ' / ' : ' · ');

/** Describes what a TCP connection agreed on and carried (TLS, requests), or why it did not open. */
const whatText = (connection: ObservedConnection, {tls, http}: Told, language: Language): string => {
  const opening = connection.course.opening(connection.client);
  const session = tls.find(({observed}) => observed === connection)?.session;
  const all = http.filter((each) => each.connection === connection.id);
  const isHttp2 = all.some(({stream}) => stream !== undefined);
  const requests = askedOnce(all).filter(({pushed}) => !pushed);
  const pushes = all.filter(({pushed}) => pushed).length;
  const parts = [
    opening === 'complete' ? undefined : openingWords[opening][language],
    session?.version === undefined ? undefined : versionName(session.version),
    session?.group === undefined ? undefined : groupName(session.group),
    session?.resumed ? say.resumed[language] : undefined,
    session?.clientCertificate ? reportTexts.clientCertificate[language] : undefined,
    isHttp2 ? http2Told.version[language] : undefined,
    requests.length === 0 ? undefined : worded(say.requests, {count: requests.length})[language],
    ...notableIn(requests).map((text) => text[language]),
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
  const {firstUs, lastUs} = connection;
  const ends = endsFrom(connection).map((end) => endText(end, names));
  const bytes = octetsOn(connection);
  const parts = [
    ends.join(` ${arrow(ascii)} `),
    whatText(connection, told, language),
    lastUs <= firstUs ? '' : worded(say.carried, {bytes, us: formatTime(lastUs - firstUs)})[language],
  ];
  return parts.filter((part) => part !== '').join(punctuation.semicolon[language]);
};

/** Returns the overview's lines: one on the DNS names, then one on each connection, which begins with its server. */
export const happenedLines = (
  told: Told,
  connections: readonly ObservedConnection[],
  manner: Manner,
): readonly string[] => {
  const {language, columns} = manner;
  const names = namesOf(told.dns);
  const title = say.names[language];
  const shown = connections.slice(0, mostRows);
  return [
    ...(askedIn(told.dns).size === 0 ? [] : hanging(`  ${title}  `, namesText(told.dns, manner), columns)),
    ...shown.flatMap((each) => [
      ...hanging(`  #${each.id} `, connectionText(each, told, names, manner), columns),
      ...transferTexts(each).flatMap((text) => hanging('     ', text[language], columns)),
    ]),
    ...told.quic
      .slice(0, mostRows)
      .flatMap((each) => hanging(`  ${quicName(each)} `, quicHappened(each, manner), columns)),
    ...(connections.length > mostRows
      ? [`  ${worded(say.others, {count: connections.length - mostRows})[language]}`]
      : []),
  ];
};
