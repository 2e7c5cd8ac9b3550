// Checks the fields of an HTTP/2 message (RFC 9113 §8.2, §8.3).
import type {Http2ErrorCode} from '../wire/http2/http2-error.ts';
import type {TableEntry} from '../wire/http2/static-table.ts';

export type Section = 'request' | 'response' | 'trailers';

/** The connection-specific fields, which HTTP/2 messages must not contain (RFC 9113 §8.2.2). */
const ofConnection: ReadonlySet<string> = new Set([
  'connection',
  'proxy-connection',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
]);

const pseudoFields: Readonly<Record<Section, ReadonlySet<string>>> = {
  request: new Set([':method', ':scheme', ':authority', ':path', ':protocol']),
  response: new Set([':status']),
  trailers: new Set(),
};

const wrongField = ({name, value}: TableEntry): Http2ErrorCode | undefined => {
  if (!/^:?[!#$%&'*+\-.^_`|~0-9a-z]+$/.test(name)) return 'field-name';
  if (/[\0\r\n]|^[ \t]|[ \t]$/.test(value)) return 'field-value';
  return ofConnection.has(name) || (name === 'te' && value !== 'trailers')
    ? 'field-of-connection'
    : undefined;
};

/**
 * Returns the pseudo-header fields that an HTTP/2 message must contain. CONNECT needs neither scheme nor path (RFC 9113 §8.5), unless it
 * names a protocol (RFC 8441 §4).
 */
const neededIn = (section: Section, seen: ReadonlySet<string>, connects: boolean): readonly string[] => {
  if (section === 'response') return [':status'];
  if (section === 'trailers') return [];
  return connects && !seen.has(':protocol') ? [':method', ':authority'] : [':method', ':scheme', ':path'];
};

/**
 * Returns the error code of the first faulty field in an HTTP/2 header section, or of a missing pseudo-header field; undefined if all are
 * right.
 */
export const fieldError = (section: Section, fields: readonly TableEntry[]): Http2ErrorCode | undefined => {
  const seen = new Set<string>();
  let connects = false;
  let regular = false;
  for (const field of fields) {
    const wrong = wrongField(field);
    if (wrong) return wrong;
    const {name, value} = field;
    if (!name.startsWith(':')) {
      regular = true;
      continue;
    }
    if (regular || seen.has(name) || !pseudoFields[section].has(name)) return 'pseudo-field';
    seen.add(name);
    connects ||= name === ':method' && value === 'CONNECT';
  }
  return neededIn(section, seen, connects).every((name) => seen.has(name)) ? undefined : 'pseudo-field';
};
