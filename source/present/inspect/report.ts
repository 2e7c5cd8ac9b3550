// What is in a capture, for people: first what is odd, the oddest before the rest and each with its lesson, then the lists.
import type {Language, Text} from '../../lesson/lesson.ts';
import {type CaptureInspector, endpointText} from '../../observe/capture-inspector.ts';
import type {DnsTransaction} from '../../observe/dns-transactions.ts';
import type {HttpTransaction} from '../../observe/http-transactions.ts';
import {type FileFacts, linkTypeName} from '../../observe/inspection-json.ts';
import type {ObservedConnection} from '../../observe/observed-connection.ts';
import type {CapturedTls} from '../../observe/tls-captured.ts';
import {rdataText} from '../../wire/dns/record-text.ts';
import {rcodeName} from '../../wire/dns/registry.ts';
import {cipherSuiteName} from '../../wire/tls/cipher-suites.ts';
import {versionName} from '../../wire/tls/registry.ts';
import {harmless} from '../harmless.ts';
import {closingWords, openingWords, reportTexts as say, silenceTexts} from '../text/inspect.ts';
import {wrap} from '../width.ts';
import {
  askedFor,
  dnsFindings,
  httpFindings,
  type OnConnection,
  requestText,
  tlsFindings,
} from './message-findings.ts';
import {silenceEnd} from './silence.ts';
import {type Finding, floodsIn, tcpFindings} from './tcp-findings.ts';

export type Inspected = {
  readonly name: string;
  readonly facts: FileFacts;
  readonly inspector: CaptureInspector;
  readonly tls: readonly CapturedTls[];
};

const otherNames: ReadonlyMap<string, string> = new Map([
  ['arp', 'ARP'],
  ['icmp', 'ICMP'],
  ['icmpv6', 'ICMPv6'],
  ['vlan', '802.1Q'],
]);

type Manner = {readonly language: Language; readonly columns: number; readonly ascii: boolean};

/** A shorter silence is nothing to tell (no timer of TCP's that is worth a look is shorter), nor is a few round trips; in microseconds. */
const silentUs = 200_000;
const silentRoundTrips = 3;

/** Rows of a list; what is beyond them is counted. */
const mostRows = 40;

const arrow = (ascii: boolean): string => (ascii ? '->' : '→');

const ends = ({ends: both, client}: ObservedConnection, ascii: boolean): string => {
  const [near, far] = client === 0 ? both : [both[1], both[0]];
  return `${endpointText(near)} ${arrow(ascii)} ${endpointText(far)}`;
};

/** A line that begins with `lead`, what does not fit below it. */
const hanging = (lead: string, text: string, columns: number): readonly string[] =>
  wrap(harmless(text), Math.max(20, columns - lead.length)).map((line, index) =>
    index === 0 ? `${lead}${line}` : `${' '.repeat(lead.length)}${line}`,
  );

const listed = <T>(
  all: readonly T[],
  manner: Manner,
  rows: (each: T) => readonly string[],
): readonly string[] => [
  ...all.slice(0, mostRows).flatMap(rows),
  ...(all.length > mostRows ? [`  ${say.more(all.length - mostRows)[manner.language]}`] : []),
];

const section = (title: Text, lines: readonly string[], {language}: Manner): readonly string[] =>
  lines.length === 0 ? [] : ['', title[language], ...lines];

const httpOf = ({inspector, tls}: Inspected): readonly OnConnection<HttpTransaction>[] =>
  [
    ...inspector.connections.map(({id, streams}) => ({id, all: streams?.http.all ?? []})),
    ...tls.map(({observed, http}) => ({id: observed.id, all: http.all})),
  ]
    .flatMap(({id, all}) => all.map((transaction) => ({connection: id, transaction})))
    .sort((a, b) => a.transaction.request.begins - b.transaction.request.begins);

/** Of the oddest first; of equals the earlier connection. */
export const findingsOf = (inspected: Inspected): readonly Finding[] =>
  [
    ...tcpFindings(inspected.inspector.connections),
    ...dnsFindings(inspected.inspector.dns.all),
    ...httpFindings(httpOf(inspected)),
    ...tlsFindings(inspected.tls),
  ].sort((a, b) => b.weight - a.weight || (a.connection ?? 0) - (b.connection ?? 0));

const findingLines = (inspected: Inspected, manner: Manner): readonly string[] => {
  const {language, columns, ascii} = manner;
  const {connections} = inspected.inspector;
  return listed(findingsOf(inspected), manner, ({connection, text, lesson}) => {
    const about = connection === undefined ? undefined : connections[connection - 1];
    const name = about ? `#${about.id} ${ends(about, ascii)}${language === 'zh' ? '：' : ': '}` : '';
    const where = lesson === undefined ? '' : ` ${arrow(ascii)} ${lesson}`;
    return hanging(ascii ? '  * ' : '  • ', `${name}${text[language]}${where}`, columns);
  });
};

const silenceWords = ({notes, client, initialRoundTripUs = 0}: ObservedConnection): Text | undefined => {
  const {silence} = notes;
  if (silence === undefined || silence.us < Math.max(silentUs, silentRoundTrips * initialRoundTripUs))
    return undefined;
  const by = silence.side === client ? 'client' : 'server';
  return say.silence(silence.us, silence.frame, silenceTexts[silenceEnd(silence)](by));
};

const connectionLines = ({inspector}: Inspected, manner: Manner): readonly string[] => {
  const {language, columns, ascii} = manner;
  const comma = language === 'zh' ? '；' : '; ';
  // A flood is told once.
  const flooding = new Set([...floodsIn(inspector.connections).values()].flat());
  const others = inspector.connections.filter((connection) => !flooding.has(connection));
  return listed(others, manner, (connection) => {
    const {client, course, counts, id, initialRoundTripUs} = connection;
    const opening = course.opening(client);
    const closing = course.closing(client);
    const opened = !['refused', 'unanswered', 'half-open'].includes(opening);
    const bytes = (side: 0 | 1): number => connection.half(side).payloadBytes;
    const parts = [
      openingWords[opening]?.[language] ?? '',
      ...(opened || closing !== 'none' ? [closingWords[closing]?.[language] ?? ''] : []),
      say.carried(bytes(client), bytes(client === 0 ? 1 : 0), counts.packets)[language],
      ...(!opened || initialRoundTripUs === undefined ? [] : [say.roundTrip(initialRoundTripUs)[language]]),
      ...(opened ? [silenceWords(connection)?.[language] ?? []].flat() : []),
    ];
    return [
      ...hanging(`  #${id} `, ends(connection, ascii), columns),
      ...hanging('     ', parts.join(comma), columns),
    ];
  });
};

const dnsLines = ({inspector}: Inspected, manner: Manner): readonly string[] => {
  const {language, columns, ascii} = manner;
  return listed(inspector.dns.all, manner, (transaction: DnsTransaction) => {
    const {response, server, queryFrame, responseFrame} = transaction;
    const answers = response?.answers.map(({data}) => rdataText(data)).join(', ') ?? '';
    const answer = response ? answers || rcodeName(response.rcode) : say.noAnswer[language];
    const asked = `${askedFor(transaction).join(' ')} @ ${server} ${arrow(ascii)} ${answer}`;
    const frames = say.frames(queryFrame, responseFrame)[language];
    return hanging('  ', language === 'zh' ? `${asked}（${frames}）` : `${asked} (${frames})`, columns);
  });
};

const httpLines = (inspected: Inspected, manner: Manner): readonly string[] => {
  const {language, columns, ascii} = manner;
  return listed(httpOf(inspected), manner, ({connection, transaction}) => {
    const {request, response} = transaction;
    const answer = response
      ? `${response.head.start.status} ${response.head.start.reason}`.trimEnd()
      : say.noAnswer[language];
    const asked = `${requestText(transaction)} ${arrow(ascii)} ${answer}`;
    const frames = say.frames(request.begins, response?.frame)[language];
    return hanging(
      `  #${connection} `,
      language === 'zh' ? `${asked}（${frames}）` : `${asked} (${frames})`,
      columns,
    );
  });
};

const tlsLines = ({tls}: Inspected, manner: Manner): readonly string[] => {
  const {language, columns} = manner;
  const comma = language === 'zh' ? '，' : ', ';
  return listed(tls, manner, ({observed, session, http}) => {
    if (!session) return hanging(`  #${observed.id} `, say.unknownTls[language], columns);
    const {version, suite, serverName, alpn, contents} = session;
    const closed = http.all.length === 0 && contents.some(({content}) => content === undefined);
    const parts = [
      version === undefined ? undefined : versionName(version),
      suite === undefined ? undefined : cipherSuiteName(suite),
      serverName,
      alpn,
      closed ? say.closed[language] : undefined,
    ].filter((part) => part !== undefined);
    return hanging(`  #${observed.id} `, parts.join(comma), columns);
  });
};

const headLines = ({name, facts, inspector}: Inspected, {language, columns}: Manner): readonly string[] => {
  const {frames, durationUs, others, datagrams, pieces} = inspector;
  const also = [
    ...Object.entries(others).map(([kind, count]) => [otherNames.get(kind) ?? kind, count] as const),
    ['UDP', datagrams] as const,
    [say.pieces[language], pieces] as const,
  ];
  const list = also
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${kind} ${count}`)
    .join(language === 'zh' ? '，' : ', ');
  const words = say.head(frames, durationUs, linkTypeName(facts.linkType))[language];
  return [
    ...hanging('', `${name}${language === 'zh' ? '：' : ': '}${words}`, columns),
    ...(list === '' ? [] : hanging('', say.others(list)[language], columns)),
  ];
};

export const inspectionReport = (inspected: Inspected, manner: Manner): readonly string[] => {
  const {language} = manner;
  const head = headLines(inspected, manner);
  if (inspected.inspector.frames === 0) return [...head, say.empty[language]];
  const odd = findingLines(inspected, manner);
  const connections = connectionLines(inspected, manner);
  const none = inspected.inspector.connections.length === 0;
  return [
    ...head,
    ...(odd.length === 0 ? ['', say.nothingOdd[language]] : section(say.oddities, odd, manner)),
    ...(none ? ['', say.noConnections[language]] : section(say.connections, connections, manner)),
    ...section(say.dns, dnsLines(inspected, manner), manner),
    ...section(say.http, httpLines(inspected, manner), manner),
    ...section(say.tls, tlsLines(inspected, manner), manner),
  ];
};
