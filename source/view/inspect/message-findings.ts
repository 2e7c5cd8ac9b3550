// What is odd about the HTTP and TLS of a capture, each with the lesson that explains it.
import {sameIn, type Text, worded} from '../../lesson/text.ts';
import {sideName} from '../../observe/quic-json.ts';
import type {CapturedTls, TlsSummary} from '../../observe/tls-captured.ts';
import {dateText} from '../../wire/http/calendar.ts';
import {isCanceled, isFatal} from '../../wire/tls/alert.ts';
import {alertName, groupName, ProtocolVersion} from '../../wire/tls/registry.ts';
import {briefTexts as brief, messageTexts as say, suiteTexts} from '../../words/catalogue/inspect.ts';
import {type Finding, type Found, found, ofConnection, when} from './finding.ts';
import type {ToldRequest} from './requests.ts';
import {outdatedIn} from './tls-age.ts';

export const requestFindings = ({request, answer, frame, reset}: ToldRequest): readonly Found[] => {
  if (reset) return [];
  if (answer === undefined || frame === undefined) {
    const text = worded(say.httpSilent, {request, begun: answer !== undefined});
    return [found(47, text, brief.httpSilent, 'http-request')];
  }
  const {status} = answer;
  return when(status >= 400, () =>
    found(42, worded(say.httpFailed, {request, status}), sameIn(`${status}`), 'http-status'),
  );
};

export const httpFindings = (all: readonly ToldRequest[]): readonly Finding[] =>
  all.flatMap((each) => ofConnection(each.connection, requestFindings(each)));

/** What a client says of a certificate that it does not take (RFC 9846 §6.2). */
const ofCertificates: ReadonlySet<string> = new Set([
  ...['bad_certificate', 'unsupported_certificate', 'certificate_revoked', 'certificate_expired'],
  ...['certificate_unknown', 'unknown_ca', 'certificate_required'],
]);

/** What is outdated, by RFC. */
const outdatedFindings = (session: TlsSummary): readonly Found[] => {
  const {version, suite, keyTransport, noExchange} = outdatedIn(session);
  const lesson = noExchange ? 'https-tls13' : 'https-tls12';
  const of = (weight: number, text: Text, brief: Text): Found => found(weight, text, brief, lesson);
  return [
    ...when(version, (old) =>
      of(64, worded(say.tlsOld, {version: old, rfc: old === 'SSL 3.0' ? 7568 : 8996}), sameIn(old)),
    ),
    ...when(suite, (weak) =>
      of(weak === 'cbc' || weak === 'chained' ? 32 : 63, suiteTexts[weak], brief.tlsSuite),
    ),
    ...session.split.map(({side, octets, count}) =>
      of(
        31,
        worded(say.tlsSplit, {by: sideName(side), octets, count}),
        octets === 0 ? brief.tlsEmpty : brief.tlsSplit,
      ),
    ),
    ...when(noExchange, () => of(61, say.tlsNoExchange, brief.tlsNoExchange)),
    ...when(keyTransport, () => of(62, say.tlsKeyTransport, brief.tlsKeyTransport)),
  ];
};

/** What a client holds against a certificate, as far as it shows on its face (RFC 5280 §6.1.3, RFC 9525 §6). */
const certificateFindings = (
  {observed: {firstUs}, session}: CapturedTls,
  takenUs: number | undefined,
): readonly Found[] => {
  const {certificate, serverName = ''} = session ?? {};
  if (!certificate) return [];
  const {subject, notBeforeUs, notAfterUs, names, fits} = certificate;
  const of = (text: Text): Found => found(72, text, brief.tlsCertificate, 'https-why');
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
    const {observed, session} = each;
    if (!session) return [];
    const is12 = session.version !== ProtocolVersion['TLS 1.3'];
    const lesson = is12 ? 'https-tls12' : 'https-tls13';
    const telling = session.alerts.filter((each) => isFatal(each, session.version) || isCanceled(each));
    return ofConnection(observed.id, [
      ...telling.map(({side, description}) => {
        const alert = alertName(description);
        const said = isCanceled({description}) ? say.tlsCanceled : say.tlsAlert;
        const text = worded(said, {by: sideName(side), alert});
        return found(78, text, brief.alert, ofCertificates.has(alert) ? 'https-why' : lesson);
      }),
      ...certificateFindings(each, takenUs),
      ...outdatedFindings(session),
      ...when(session.retried, () => found(34, retryText(session), brief.retry, lesson)),
      ...when(session.earlyDataOffered, () => found(33, earlyText(session), brief.early, lesson)),
    ]);
  });
