// What is odd about the HTTP and TLS of a capture, each with the lesson that explains it.
import {sameIn, type Text, worded} from '../../lesson/text.ts';
import type {CapturedTls, TlsSummary} from '../../observe/tls-captured.ts';
import {dateText} from '../../wire/http/calendar.ts';
import {isCanceled, isFatal} from '../../wire/tls/alert.ts';
import {alertName, groupName, ProtocolVersion} from '../../wire/tls/registry.ts';
import {briefTexts as brief, messageTexts as say, suiteTexts} from '../../words/catalogue/inspect.ts';
import type {Finding} from './finding.ts';
import type {ToldRequest} from './requests.ts';
import {outdatedIn} from './tls-age.ts';

export const httpFindings = (all: readonly ToldRequest[]): readonly Finding[] =>
  all.flatMap(({connection, request, answer, frame, reset}): readonly Finding[] => {
    if (reset) return [];
    if (answer === undefined || frame === undefined)
      return [
        {
          weight: 47,
          connection,
          text: worded(say.httpSilent, {request, begun: answer !== undefined}),
          brief: brief.httpSilent,
          lesson: 'http-request',
        },
      ];
    const {status} = answer;
    return status >= 400
      ? [
          {
            weight: 42,
            connection,
            text: worded(say.httpFailed, {request, status}),
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
    ...(suite === undefined
      ? []
      : [of(suite === 'cbc' || suite === 'chained' ? 32 : 63, suiteTexts[suite], brief.tlsSuite)]),
    ...session.split.map(({side, octets, count}) =>
      of(
        31,
        worded(say.tlsSplit, {by: side === 0 ? 'client' : 'server', octets, count}),
        octets === 0 ? brief.tlsEmpty : brief.tlsSplit,
      ),
    ),
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

const earlyText = ({earlyDataTaken}: TlsSummary): Text => {
  const fate = earlyDataTaken === undefined ? 'unknown' : earlyDataTaken ? 'accepted' : 'refused';
  return worded(say.tlsEarly, {fate});
};

/** The group that was agreed on in the end is the one that it had asked for (RFC 9846 §4.3.8). */
const retryText = ({group}: TlsSummary): Text =>
  worded(say.tlsRetry, {group: group === undefined ? undefined : groupName(group)});

export const tlsFindings = (all: readonly CapturedTls[], takenUs: number | undefined): readonly Finding[] =>
  all.flatMap((each): readonly Finding[] => {
    const {
      observed: {id},
      session,
    } = each;
    if (!session) return [];
    const is12 = session.version !== ProtocolVersion['TLS 1.3'];
    const lesson = is12 ? 'https-tls12' : 'https-tls13';
    const telling = session.alerts.filter((each) => isFatal(each, session.version) || isCanceled(each));
    return [
      ...telling.map(({side, description}) => ({
        weight: 78,
        connection: id,
        text: worded(isCanceled({description}) ? say.tlsCanceled : say.tlsAlert, {
          ...{by: side === 0 ? 'client' : 'server', alert: alertName(description)},
        }),
        brief: brief.alert,
        lesson: ofCertificates.has(alertName(description)) ? 'https-why' : lesson,
      })),
      ...certificateFindings(each, takenUs),
      ...outdatedFindings(id, session),
      ...(session.retried
        ? [{weight: 34, connection: id, text: retryText(session), brief: brief.retry, lesson}]
        : []),
      ...(session.earlyDataOffered
        ? [{weight: 33, connection: id, text: earlyText(session), brief: brief.early, lesson}]
        : []),
    ];
  });
