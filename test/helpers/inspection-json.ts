// What `inspect --json` prints, as one object: the program prints its lists entry by entry.
import {inspection, type JsonList} from '../../source/observe/inspection-json.ts';

export const inspectionJson = (...told: Parameters<typeof inspection>): {readonly [name: string]: Entry} =>
  Object.fromEntries(Object.entries<Entry>(inspection(...told)));

type Entry = ReturnType<JsonList['entry']>;

/** What came on top: side files of before do not have it. */
const onTop = new Set([
  ...['ad', 'cd', 'do', 'udpSize', 'queryOptions', 'responseOptions', 'queryCookie', 'responseCookie', 'ede'],
  ...['group', 'hybrid', 'groupsOffered', 'keyShares', 'grease', 'clientHelloBytes', 'certificateRequested'],
  ...[
    'contentEncoding',
    'contentRange',
    'etag',
    'upgrade',
    'allowOrigin',
    'allowMethods',
    'range',
    'ifNoneMatch',
  ],
  ...['ifMatch', 'ifModifiedSince', 'ifRange', 'origin', 'lastEventId'],
  ...['arp', 'icmp', 'dhcp', 'ambiguousRequests', 'websocket'],
  ...['http2', 'http2Faults', 'quic', 'http3'],
  ...['clientCertificate', 'ocspRequested', 'ocspStapled', 'keyUpdates', 'closeNotify'],
]);

const without = (value: Entry, isLeftOut: (name: string) => boolean): Entry => {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((each) => without(each, isLeftOut));
  const kept = Object.entries(value).filter(([name]) => !isLeftOut(name));
  return Object.fromEntries(kept.map(([name, inner]) => [name, without(inner, isLeftOut)]));
};

/** Without what no side file tells. */
export const asInSideFiles = (value: Entry): Entry => without(value, (name) => name === 'timing');

/** Without what the older ones do not tell; how many of each kind beside TCP they do. */
export const asInOlderSideFiles = (value: Entry): Entry => {
  const {alsoContains, ...rest} = Object(value);
  const told = Object(without(rest, (name) => name === 'timing' || onTop.has(name)));
  return alsoContains === undefined ? told : {...told, alsoContains};
};
