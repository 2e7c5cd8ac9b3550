// Writes the report on a capture for people: first the findings by importance, each with its lesson, then lists of what the capture
// contains.
import {type Language, sameIn, type Text, worded} from '../../lesson/text.ts';
import type {CaptureInspector} from '../../observe/capture-inspector.ts';
import {http2On} from '../../observe/http2-json.ts';
import {type FileFacts, linkTypeName} from '../../observe/inspection-json.ts';
import {type Finding, isWrong} from '../../verdict/finding.ts';
import {reportTexts as say} from '../../words/catalogue/inspect.ts';
import {alsoThere} from '../../words/catalogue/picker.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {quicTexts} from '../../words/catalogue/quic.ts';
import {formatCount, formatTime} from '../../words/format.ts';
import {listedIn, listedLines} from '../findings/listed.ts';
import {dnsText, unaskedText} from './dns-lines.ts';
import {apartFromCrowds, barLines, lacksKeys, storyLines} from './first-page.ts';
import {http2Text} from './http2-lines.ts';
import {networkLines} from './network-lines.ts';
import {happenedLines, mostRows as onFirstPage} from './overview.ts';
import {http3Text, quicName, quicText} from './quic-lines.ts';
import {responsesAlone} from './requests.ts';
import type {Told} from './selection.ts';
import {toldInShort} from './story.ts';
import {courseText, endsText, hanging, httpText, type Manner, responseAlone, tlsText} from './told-lines.ts';
import {transferTexts} from './transfers.ts';

export type Inspected = {
  readonly name: string;
  readonly facts: FileFacts;
  readonly inspector: CaptureInspector;
  /** The contents to report on: the whole capture or one conversation. */
  readonly told: Told;
  /** A key log that lies beside the capture but was not named, and the command that uses it; undefined if there is none. */
  readonly keysBeside?: KeysBeside | undefined;
};

type KeysBeside = {readonly file: string; readonly call: string};

const otherNames: ReadonlyMap<string, string> = new Map([
  ['arp', 'ARP'],
  ['icmp', 'ICMP'],
  ['icmpv6', 'ICMPv6'],
  ['vlan', '802.1Q'],
]);

/** The most rows of a list in the report; further ones are counted. */
const mostRows = 40;

const listed = <T>(
  all: readonly T[],
  manner: Manner,
  rows: (each: T) => readonly string[],
): readonly string[] => [
  ...all.slice(0, mostRows).flatMap(rows),
  ...(all.length > mostRows
    ? [`  ${worded(say.more, {count: all.length - mostRows})[manner.language]}`]
    : []),
];

const section = (title: Text, lines: readonly string[], {language}: Manner): readonly string[] =>
  lines.length === 0 ? [] : ['', title[language], ...lines];

/** Returns the sections on findings: first what is wrong, then what is only worth knowing. */
const findingSections = ({told, inspector}: Inspected, manner: Manner): readonly string[] => {
  const {connections, datagrams} = told;
  const within = told.whole || connections.length + datagrams.length === 0 ? inspector : undefined;
  const inShort = toldInShort(told);
  const lines = (all: readonly Finding[]): readonly string[] =>
    listed(listedIn(all, inShort), manner, (each) => listedLines(each, {...manner, within, inShort}));
  return [
    ...section(say.oddities, lines(told.findings.filter(isWrong)), manner),
    ...section(say.notes, lines(told.findings.filter((each) => !isWrong(each))), manner),
  ];
};

const connectionLines = (told: Told, manner: Manner): readonly string[] => {
  const {language, columns, ascii} = manner;
  const all = apartFromCrowds(told);
  const first = new Set(all.slice(0, onFirstPage));
  return listed(all, manner, (connection) => [
    ...hanging(`  #${connection.id} `, endsText(connection, ascii), columns),
    ...hanging('     ', courseText(connection, language), columns),
    ...(first.has(connection) ? [] : transferTexts(connection)).flatMap((text) =>
      hanging('     ', text[language], columns),
    ),
  ]);
};

const quicLines = ({quic}: Told, manner: Manner): readonly string[] => {
  const {columns} = manner;
  const connections = listed(quic, manner, (each) =>
    hanging(`  ${quicName(each)} `, quicText(each, manner), columns),
  );
  const requests = quic.flatMap((each) =>
    (each.http3?.exchanges ?? []).map((exchange) => ({name: quicName(each), exchange})),
  );
  const http3 = listed(requests, manner, ({name, exchange}) =>
    hanging(`  ${name} `, http3Text(exchange, manner), columns),
  );
  return [...section(quicTexts.title, connections, manner), ...section(sameIn('HTTP/3'), http3, manner)];
};

const messageLines = ({dns, unasked, http, tls, connections}: Told, manner: Manner): readonly string[] => {
  const {language, columns} = manner;
  const dnsLines = listed(dns, manner, (each) => hanging('  ', dnsText(each, manner), columns));
  const unaskedLines = listed(unasked, manner, (each) => hanging('  ', unaskedText(each, manner), columns));
  const httpLines = listed(http, manner, (each) =>
    hanging(`  #${each.connection} `, httpText(each, manner), columns),
  );
  const alone = listed(responsesAlone(connections, tls), manner, (each) =>
    hanging(`  #${each.connection} `, responseAlone(each, manner), columns),
  );
  const http2Lines = listed(http2On(connections, tls), manner, ({stream, http2}) =>
    hanging(`  #${stream + 1} `, http2Text(http2, language), columns),
  );
  const tlsLines = listed(tls, manner, (each) =>
    hanging(`  #${each.observed.id} `, tlsText(each, manner), columns),
  );
  return [
    ...section(say.dns, [...dnsLines, ...unaskedLines], manner),
    ...section(say.http, [...http2Lines, ...httpLines, ...alone], manner),
    ...section(say.tls, tlsLines, manner),
  ];
};

const countsText = (counts: readonly (readonly [string, number])[], language: Language): string =>
  counts
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${kind} ${formatCount(count)}`)
    .join(punctuation.comma[language]);

/**
 * Returns a text that counts, by kind, the packets of a capture that no list of the report contains. `listsUdp` is true if a list contains
 * the UDP datagrams; they are then not counted.
 */
export const othersText = (
  {others, tunnels, datagrams, pieces}: Pick<CaptureInspector, 'others' | 'tunnels' | 'datagrams' | 'pieces'>,
  language: Language,
  listsUdp = false,
): string => {
  const also = [
    ...Object.entries(others).map(([kind, count]) => [otherNames.get(kind) ?? kind, count] as const),
    ...tunnels,
    ['UDP', listsUdp ? 0 : datagrams] as const,
    [say.pieces[language], pieces] as const,
  ];
  return countsText(also, language);
};

const headLines = ({name, facts, inspector}: Inspected, manner: Manner): readonly string[] => {
  const {language, columns} = manner;
  const {frames, file, cut} = inspector;
  const list = othersText(inspector, language);
  const words = worded(say.head, {
    packets: frames,
    us: formatTime(file.spanUs),
    link: linkTypeName(facts.linkType),
  })[language];
  return [
    ...hanging('', `${name}${punctuation.colon[language]}${words}`, columns),
    ...(list === '' ? [] : hanging('', worded(alsoThere, {list})[language], columns)),
    ...(inspector.unfollowed === 0
      ? []
      : hanging('', worded(say.unfollowed, {packets: inspector.unfollowed})[language], columns)),
    ...(cut === 0 ? [] : hanging('', worded(say.cut, {all: cut === frames, count: cut})[language], columns)),
  ];
};

/**
 * Returns lines on how to use the key log that lies beside the capture; empty if none is needed. The command stays on one line however long
 * it is, so that it can be copied.
 */
const keysLines = ({told, keysBeside}: Inspected, {language, columns}: Manner): readonly string[] =>
  keysBeside === undefined || !lacksKeys(told)
    ? []
    : [
        ...hanging('  ', worded(say.keysBeside, {file: keysBeside.file})[language], columns),
        `  ${keysBeside.call}`,
      ];

const inShort = (title: Text, inspected: Inspected, manner: Manner): readonly string[] => {
  const {told, inspector} = inspected;
  const story = [...storyLines(told, inspector, manner), ...keysLines(inspected, manner)];
  return section(title, story, manner);
};

const withKeyLog = ({keysBeside}: Inspected, manner: Manner): Manner => ({
  ...manner,
  keyLog: keysBeside?.file,
});

/** Returns the section *In short* again, for the end of a report whose beginning has left the screen. */
export const shortAgain = (inspected: Inspected, manner: Manner): readonly string[] =>
  inShort(say.storyAgain, inspected, withKeyLog(inspected, manner));

export const inspectionReport = (inspected: Inspected, given: Manner): readonly string[] => {
  const manner = withKeyLog(inspected, given);
  const {language} = manner;
  const {told, inspector} = inspected;
  const head = headLines(inspected, manner);
  if (inspector.frames === 0) return [...head, say.empty[language]];
  const connections = connectionLines(told, manner);
  const none = told.connections.length === 0 && told.quic.length === 0;
  const apart = apartFromCrowds(told);
  const network = told.whole ? networkLines(inspector, manner) : [];
  const bars = barLines(told, inspector, manner);
  return [
    ...head,
    ...inShort(say.story, inspected, manner),
    ...section(say.happened, [...happenedLines(told, apart, manner), ...network], manner),
    ...(bars.length === 0 ? [] : ['', ...bars]),
    ...findingSections(inspected, manner),
    ...(none ? ['', say.noConnections[language]] : section(say.connections, connections, manner)),
    ...quicLines(told, manner),
    ...messageLines(told, manner),
  ];
};
