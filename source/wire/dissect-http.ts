// Dissects heads of HTTP messages as inspector layers, as far as one segment contains them (RFC 9112). A head that began in an earlier
// segment, and content, stay data: only a reader of the whole stream can put segments together.
import {computed, dataLayer, layerOf, type Step, type Stretch} from './dissect-step.ts';
import type {FieldLine} from './http/field-lines.ts';
import {framingOf} from './http/framing.ts';
import {type Span, textOfOctets, withoutOws} from './http/grammar.ts';
import {type Run, takeLine} from './http/parser-run.ts';
import {takeField} from './http/parser-steps.ts';
import {readRequestLine, readStatusLine, type StartLine} from './http/start-line.ts';
import type {Field, Layer} from './layer.ts';

/** The TCP ports on which segments are dissected as HTTP without TLS. */
const httpPorts: readonly number[] = [80, 8080];

/** Maps a header field's name in lower case to the name of Wireshark's row for it; other fields have no row of their own. */
const rowNames: ReadonlyMap<string, string> = new Map([
  ['host', 'http.host'],
  ['user-agent', 'http.user_agent'],
  ['accept', 'http.accept'],
  ['accept-language', 'http.accept_language'],
  ['accept-encoding', 'http.accept_encoding'],
  ['referer', 'http.referer'],
  ['authorization', 'http.authorization'],
  ['cookie', 'http.cookie'],
  ['set-cookie', 'http.set_cookie'],
  ['content-type', 'http.content_type'],
  ['content-length', 'http.content_length_header'],
  ['content-encoding', 'http.content_encoding'],
  ['transfer-encoding', 'http.transfer_encoding'],
  ['connection', 'http.connection'],
  ['upgrade', 'http.upgrade'],
  ['cache-control', 'http.cache_control'],
  ['date', 'http.date'],
  ['last-modified', 'http.last_modified'],
  ['location', 'http.location'],
  ['server', 'http.server'],
  ['www-authenticate', 'http.www_authenticate'],
]);

/** Returns text of octets as tshark prints it: octets above ASCII as U+FFFD, line ends and tabs as escapes. */
export const printed = (text: string): string =>
  text
    .replace(/[\x80-\xff]/g, '\ufffd')
    .replaceAll('\t', '\\t')
    .replaceAll('\r', '\\r')
    .replaceAll('\n', '\\n');

const row = (name: string, text: string, {start, end}: Span): Field => ({
  name,
  value: printed(text),
  start,
  end,
});

const startRows = (line: StartLine): readonly Field[] => {
  if (line.kind === 'request') {
    const {method, target, version} = line.spans;
    return [
      row('http.request.method', line.method, method),
      row('http.request.uri', line.target, target),
      row('http.request.version', line.version, version),
    ];
  }
  const {version, status, reason} = line.spans;
  return [
    row('http.response.version', line.version, version),
    row('http.response.code', String(line.status), status),
    ...(line.reason === '' ? [] : [row('http.response.phrase', line.reason, reason)]),
  ];
};

const cookiePairs = ({value, valueSpan}: FieldLine): readonly Field[] => {
  const rows: Field[] = [];
  let at = valueSpan.start;
  for (const part of value.split(';')) {
    const {text, offset} = withoutOws(part);
    const start = at + offset;
    if (text !== '') rows.push(row('http.cookie_pair', text, {start, end: start + text.length}));
    at += part.length + 1;
  }
  return rows;
};

/** Returns the inspector row of an HTTP field line, that of its value if Wireshark has one, and one for each cookie pair of `Cookie`. */
const lineRows = (kind: StartLine['kind'], text: string, field: FieldLine): readonly Field[] => {
  const line = row(`http.${kind}.line`, text, field.span);
  const known = rowNames.get(field.name.toLowerCase());
  if (known === undefined) return [line];
  const pairs = known === 'http.cookie' ? cookiePairs(field) : [];
  return [line, row(known, field.value, field.valueSpan), ...pairs];
};

type Reading = {
  readonly start: StartLine;
  readonly fields: readonly FieldLine[];
  readonly rows: readonly Field[];
  /** True if the segment also contains the empty line that ends the HTTP head. */
  readonly whole: boolean;
  readonly problem?: string;
};

/** Reads the head of an HTTP message, as far as the segment contains it; undefined if the bytes do not begin with a start line. */
const readHead = (run: Run): Reading | undefined => {
  const first = takeLine(run, {end: run.input.length, code: 'start-line-long'});
  if (!first?.ok) return undefined;
  const line = first.value.text.startsWith('HTTP/')
    ? readStatusLine(first.value)
    : readRequestLine(first.value);
  if (!line.ok) return undefined;
  const start = line.value;
  const fields: FieldLine[] = [];
  const rows = [...startRows(start)];
  for (;;) {
    const {at} = run;
    const known = fields.length;
    const field = takeField(run, {fields, start: first.value.span.start});
    if (field === undefined) return {start, fields, rows, whole: false};
    if (!field.ok) {
      run.at = at;
      return {start, fields, rows, whole: false, problem: `http:${field.error.code}`};
    }
    if (field.value === 'empty') return {start, fields, rows, whole: true};
    for (const added of fields.slice(known))
      rows.push(...lineRows(start.kind, textOfOctets(run.input, at, run.at), added));
  }
};

/**
 * Returns how many bytes of an HTTP message's content follow in this segment, which has `left` more: as many as the head states, or all if
 * it does not state a length.
 */
const contentSize = ({start, fields}: Reading, left: number): number => {
  const framing = framingOf({start, fields});
  if (!framing.ok) return left;
  if (framing.value.by === 'none') return 0;
  return framing.value.by === 'length' ? Math.min(left, framing.value.length) : left;
};

export const isHttpPort = (port: number): boolean => httpPorts.includes(port);

/** Dissects a TCP segment as HTTP: a layer for each message head, and data layers for the octets between and after them. */
export const dissectHttp = (stretch: Stretch): Step => {
  const {bytes, end} = stretch;
  const layers: Layer[] = [];
  const run: Run = {
    input: bytes.subarray(0, end),
    base: 0,
    parts: [],
    reads: 'requests',
    at: stretch.start,
    start: 0,
    asked: undefined,
  };
  while (run.at < end) {
    const start = run.at;
    const head = readHead(run);
    if (head === undefined) {
      run.at = start;
      break;
    }
    const flag = head.whole ? [computed(`http.${head.start.kind}`, 1, start)] : [];
    layers.push(layerOf('http', {...stretch, start, end: run.at}, [...head.rows, ...flag]));
    if (!head.whole) {
      layers.push(...dataLayer({...stretch, start: run.at}));
      return {layers, ...(head.problem !== undefined && {problem: head.problem})};
    }
    const content = {...stretch, start: run.at, end: run.at + contentSize(head, end - run.at)};
    layers.push(...dataLayer(content));
    run.at = content.end;
  }
  return {layers: [...layers, ...dataLayer({...stretch, start: run.at})]};
};
