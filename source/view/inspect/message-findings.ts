// What is odd about the DNS, HTTP and TLS of a capture, each with the lesson that explains it.
import {sameIn, type Text, worded} from '../../lesson/text.ts';
import type {DnsTransaction, OddReply} from '../../observe/dns-transactions.ts';
import type {HttpTransaction} from '../../observe/http-transactions.ts';
import type {CapturedTls, TlsSummary} from '../../observe/tls-captured.ts';
import {displayName} from '../../wire/dns/display.ts';
import type {DnsMessage} from '../../wire/dns/message.ts';
import {rdataText} from '../../wire/dns/record-text.ts';
import {Rcode, rcodeName, typeName} from '../../wire/dns/registry.ts';
import {dateText} from '../../wire/http/calendar.ts';
import {AlertLevel, alertName, ProtocolVersion} from '../../wire/tls/registry.ts';
import {briefTexts as brief, messageTexts as say, suiteTexts} from '../../words/catalogue/inspect.ts';
import {formatLength} from '../../words/format.ts';
import type {Finding} from './finding.ts';
import {outdatedIn} from './tls-age.ts';

const slowUs = 1_000_000;

const askedFor = ({query}: DnsTransaction): {readonly name: string; readonly type: string} => {
  const [question] = query.questions;
  return question ? {name: displayName(question.name), type: typeName(question.type)} : {name: '', type: ''};
};

export const asked = (transaction: DnsTransaction): string => {
  const {name, type} = askedFor(transaction);
  return `${name} ${type}`;
};

const dnsFinding = (transaction: DnsTransaction, count: number): Finding | undefined => {
  const {outcome, responseUs = 0, queryUs} = transaction;
  if (!outcome && transaction.odd.some(({kind}) => kind === 'unreadable')) return undefined;
  if (!outcome) {
    const text = worded(say.dnsSilent, {...askedFor(transaction), count, server: transaction.server});
    return {weight: 66, text, brief: brief.dnsSilent, lesson: 'dns-transport'};
  }
  if (outcome.rcode !== Rcode.NOERROR) {
    const lesson = outcome.rcode === Rcode.NXDOMAIN ? 'dns-cache' : 'dns-iterative';
    const rcode = rcodeName(outcome.rcode);
    const text = worded(say.dnsFailed, {...askedFor(transaction), rcode, count});
    return {weight: 48, text, brief: sameIn(rcode), lesson};
  }
  if (outcome.tc) {
    const text = worded(say.dnsTruncated, askedFor(transaction));
    return {weight: 38, text, brief: brief.dnsTruncated, lesson: 'dns-transport'};
  }
  const us = responseUs - queryUs;
  if (us <= slowUs) return undefined;
  const text = worded(say.dnsSlow, {...askedFor(transaction), us: formatLength(us)});
  return {weight: 36, text, brief: worded(brief.dnsSlow, {us: formatLength(us)}), lesson: 'dns-recursion'};
};

const isAnswered = ({outcome}: DnsTransaction): boolean => outcome?.rcode === Rcode.NOERROR && !outcome.tc;

/** Without the port, which may be another each time. */
const hostOf = (endpoint: string): string => endpoint.slice(0, endpoint.lastIndexOf(':'));

const askedBy = (transaction: DnsTransaction): string =>
  `${hostOf(transaction.client)} ${asked(transaction).toLowerCase()}`;

/** What had no answer at first, asked by the same host again, got one (RFC 1035 §4.2.1). */
const silentFinding = (
  first: DnsTransaction,
  count: number,
  answered: ReadonlyMap<string, DnsTransaction>,
): Finding | undefined => {
  const later = answered.get(askedBy(first));
  if (!later || later.queryUs < first.queryUs) return dnsFinding(first, count);
  const us = (later.responseUs ?? later.queryUs) - first.queryUs;
  const text = worded(say.dnsAgain, {...askedFor(first), count: count + 1, us: formatLength(us)});
  return {weight: 56, text, brief: brief.dnsAgain, lesson: 'dns-transport'};
};

const answerIn = (message: DnsMessage | undefined): string =>
  message?.answers.map(({data}) => rdataText(data)).join(', ') || rcodeName(message?.rcode ?? 0);

const oddText = (transaction: DnsTransaction, odd: OddReply): Text => {
  const {server, client, response, responseFrame = 0} = transaction;
  const about = {...askedFor(transaction), ...odd};
  switch (odd.kind) {
    case 'id':
      return worded(say.dnsOtherId, about);
    case 'question':
      return worded(say.dnsOtherQuestion, about);
    case 'ends':
      return worded(say.dnsOtherEnds, {...about, client, server});
    case 'unreadable':
      return worded(say.dnsUnreadable, about);
    case 'second': {
      const said = {first: answerIn(response), second: answerIn(odd.reply)};
      return worded(say.dnsContradicted, {...about, ...said, server, answered: responseFrame});
    }
  }
};

/** What came beside the answer, or in its place. */
const oddFinding = (transaction: DnsTransaction, odd: OddReply): Finding => {
  const text = oddText(transaction, odd);
  return odd.kind === 'unreadable'
    ? {weight: 66, text, brief: brief.dnsUnreadable, lesson: 'dns-transport'}
    : {weight: 79, text, brief: brief.dnsForged, lesson: 'dns-cache'};
};

/** What went wrong with the same question alike is told once. */
export const dnsFindings = (all: readonly DnsTransaction[]): readonly Finding[] => {
  const alike = new Map<string, {readonly first: DnsTransaction; count: number}>();
  for (const transaction of all) {
    if (isAnswered(transaction)) continue;
    const {outcome} = transaction;
    const key = [asked(transaction), outcome?.rcode, outcome?.tc, outcome ? '' : transaction.server].join(
      ' ',
    );
    const known = alike.get(key);
    if (known) known.count += 1;
    else alike.set(key, {first: transaction, count: 1});
  }
  // Their messages are read only where that tells something.
  const isSilent = [...alike.values()].some(({first}) => !first.outcome);
  const answered = new Map(
    isSilent ? all.filter(({outcome}) => outcome).map((each) => [askedBy(each), each]) : [],
  );
  return [
    ...[...alike.values()].map(({first, count}) =>
      first.outcome ? dnsFinding(first, count) : silentFinding(first, count, answered),
    ),
    ...all.filter(isAnswered).map((each) => dnsFinding(each, 1)),
    ...all.flatMap((each) => each.odd.map((odd) => oddFinding(each, odd))),
  ].filter((finding) => finding !== undefined);
};

export const requestText = ({request: {head}}: HttpTransaction): string =>
  `${head.start.method} ${head.start.target}`;

export type OnConnection<T> = {readonly connection: number; readonly transaction: T};

export const httpFindings = (all: readonly OnConnection<HttpTransaction>[]): readonly Finding[] =>
  all.flatMap(({connection, transaction}): readonly Finding[] => {
    const {response} = transaction;
    const name = requestText(transaction);
    if (response?.frame === undefined)
      return [
        {
          weight: 47,
          connection,
          text: worded(say.httpSilent, {request: name, begun: response !== undefined}),
          brief: brief.httpSilent,
          lesson: 'http-request',
        },
      ];
    const {status} = response.head.start;
    return status >= 400
      ? [
          {
            weight: 42,
            connection,
            text: worded(say.httpFailed, {request: name, status}),
            brief: sameIn(`${status}`),
            lesson: 'http-status',
          },
        ]
      : [];
  });

/** What a client says of a certificate that it does not take (RFC 9846 §6.2). */
const ofCertificates: ReadonlySet<string> = new Set([
  ...['bad_certificate', 'unsupported_certificate', 'certificate_revoked', 'certificate_expired'],
  ...['certificate_unknown', 'unknown_ca', 'certificate_required'],
]);

/** What is outdated, by RFC. */
const outdatedFindings = (id: number, session: TlsSummary): readonly Finding[] => {
  const {version, suite, keyTransport, noExchange} = outdatedIn(session);
  const lesson = noExchange ? 'https-tls13' : 'https-tls12';
  const of = (weight: number, text: Text, brief: Text): Finding => ({
    weight,
    connection: id,
    text,
    brief,
    lesson,
  });
  return [
    ...(version === undefined
      ? []
      : [of(64, worded(say.tlsOld, {version, rfc: version === 'SSL 3.0' ? 7568 : 8996}), sameIn(version))]),
    ...(suite === undefined ? [] : [of(suite === 'cbc' ? 32 : 63, suiteTexts[suite], brief.tlsSuite)]),
    ...(noExchange ? [of(61, say.tlsNoExchange, brief.tlsNoExchange)] : []),
    ...(keyTransport ? [of(62, say.tlsKeyTransport, brief.tlsKeyTransport)] : []),
  ];
};

/** What a client holds against a certificate, as far as it shows on its face (RFC 5280 §6.1.3, RFC 9525 §6). */
const certificateFindings = (
  {observed: {id, firstUs}, session}: CapturedTls,
  takenUs: number | undefined,
): readonly Finding[] => {
  const {certificate, serverName = ''} = session ?? {};
  if (!certificate) return [];
  const {subject, notBeforeUs, notAfterUs, names, fits} = certificate;
  const of = (text: Text): Finding => ({
    ...{weight: 72, connection: id, text, brief: brief.tlsCertificate, lesson: 'https-why'},
  });
  const atUs = takenUs === undefined ? undefined : takenUs + firstUs;
  const dates = (us: number) => ({subject, date: dateText(us), taken: dateText(atUs ?? 0)});
  return [
    ...(atUs !== undefined && atUs > notAfterUs ? [of(worded(say.tlsExpired, dates(notAfterUs)))] : []),
    ...(atUs !== undefined && atUs < notBeforeUs ? [of(worded(say.tlsNotYet, dates(notBeforeUs)))] : []),
    ...(fits === false ? [of(worded(say.tlsOtherName, {site: serverName, names, count: names.length}))] : []),
  ];
};

export const tlsFindings = (all: readonly CapturedTls[], takenUs: number | undefined): readonly Finding[] =>
  all.flatMap((each): readonly Finding[] => {
    const {
      observed: {id},
      session,
    } = each;
    if (!session) return [];
    const is12 = session.version !== ProtocolVersion['TLS 1.3'];
    const lesson = is12 ? 'https-tls12' : 'https-tls13';
    const fatal = session.alerts.filter(({level}) => level === AlertLevel.fatal);
    return [
      ...fatal.map(({side, description}) => ({
        weight: 78,
        connection: id,
        text: worded(say.tlsAlert, {by: side === 0 ? 'client' : 'server', alert: alertName(description)}),
        brief: brief.alert,
        lesson: ofCertificates.has(alertName(description)) ? 'https-why' : lesson,
      })),
      ...certificateFindings(each, takenUs),
      ...outdatedFindings(id, session),
      ...(session.retried
        ? [{weight: 34, connection: id, text: say.tlsRetry, brief: brief.retry, lesson}]
        : []),
      ...(session.earlyDataOffered
        ? [{weight: 33, connection: id, text: say.tlsEarly, brief: brief.early, lesson}]
        : []),
    ];
  });
