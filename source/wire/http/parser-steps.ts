// The steps of an HTTP parser, one function for each place in a message: each takes what has arrived and returns the next place, or
// undefined while it cannot continue.
import {err, ok, type Result} from '../result.ts';
import {readChunkLine} from './chunk.ts';
import {requestHost} from './connection.ts';
import {type FieldLine, readFieldLine} from './field-lines.ts';
import {type Framing, framingOf, type Head} from './framing.ts';
import {withoutOws} from './grammar.ts';
import {type HttpError, httpError} from './http-error.ts';
import {fault, type Phase, position, type Run, takeBytes, takeCrlf, takeLine, takenBy} from './parser-run.ts';
import {type Line, readRequestLine, readStatusLine, type StartLine} from './start-line.ts';

/** The most bytes, with line ends, of an HTTP message's start line and header fields together, or of its trailer fields. */
export const MAX_SECTION_BYTES = 65_536;
const MAX_FIELD_LINES = 256;
/** The most bytes of the line before a chunk, with its line end. */
const MAX_CHUNK_LINE_BYTES = 4096;
/** The most bytes of all chunk lines with extensions in one message. */
const MAX_EXTENSION_BYTES = 65_536;

type In<At extends Phase['at']> = Extract<Phase, {readonly at: At}>;

const failed = (error: HttpError): Phase => ({at: 'failed', error});

const endMessage = (run: Run): Phase => {
  const end = position(run);
  run.parts.push({kind: 'end', span: {start: run.start, end}});
  run.start = end;
  return {at: 'start'};
};

const readStartLine = (run: Run): Phase | undefined => {
  const here = position(run);
  const line = takeLine(run, {end: here + MAX_SECTION_BYTES, code: 'start-line-long'});
  if (!line?.ok) return line && failed(line.error);
  // Old clients send an empty line after a body (RFC 9112 §2.2); it belongs to no message.
  if (line.value.text === '' && run.reads === 'requests') return {at: 'start'};
  if (run.asked?.length === 0) return failed(httpError('response-unasked', here));
  const read = takenBy<StartLine>(run, (lenient) =>
    run.reads === 'requests' ? readRequestLine(line.value, lenient) : readStatusLine(line.value, lenient),
  );
  if (!read.ok) return failed(read.error);
  run.start = here;
  return {at: 'fields', line: read.value, fields: [], isWhole: true};
};

/** A header or trailer section that is being read, which begins at `start`; its `fields` grow. */
type Section = {readonly fields: FieldLine[]; readonly start: number};

/** Appends a continued line to the value of the last HTTP field: line end and white space count as one space (RFC 9112 §5.2). */
const unfold = (fields: FieldLine[], {text, span}: Line): void => {
  const last = fields.pop();
  if (!last) return;
  const value = `${last.value} ${withoutOws(text).text}`.trimEnd();
  fields.push({...last, value, span: {start: last.span.start, end: span.end}});
};

/**
 * Takes a field line of a section that began at `start`, and adds its field. `empty` means the line that ends the section, `unread` a
 * malformed line that an observer skips; undefined while the line is incomplete.
 */
export const takeField = (
  run: Run,
  {fields, start}: Section,
): Result<'field' | 'unread' | 'empty', HttpError> | undefined => {
  const line = takeLine(run, {end: start + MAX_SECTION_BYTES, code: 'fields-long'});
  if (!line?.ok) return line;
  const {text, span} = line.value;
  if (text === '') return ok('empty');
  if (text.startsWith(' ') || text.startsWith('\t')) {
    const error = httpError(fields.length === 0 ? 'leading-space' : 'obs-fold', span.start);
    if (!run.lenient) return err(error);
    fault(run, error);
    unfold(fields, line.value);
    return ok('field');
  }
  if (fields.length >= MAX_FIELD_LINES) return err(httpError('fields-many', span.start));
  const read = takenBy(run, (lenient) => readFieldLine(line.value, lenient));
  if (!read.ok) {
    if (!run.lenient) return read;
    fault(run, read.error);
    return ok('unread');
  }
  fields.push(read.value);
  return ok('field');
};

const untold: Framing = {by: 'none', rule: 7};

const contentPhase = (framing: Framing): Phase | undefined => {
  if (framing.by === 'close') return {at: 'until-close'};
  if (framing.by === 'chunked') return {at: 'chunk-line', extensionBytes: 0};
  return framing.by === 'length' && framing.length > 0 ? {at: 'content', left: framing.length} : undefined;
};

/**
 * Reports what a server would object to in the Host of a request that is only observed. A missing Host is not reported if `isWhole` is
 * false, because the line that could not be read may have been the Host.
 */
const watchHost = (run: Run, {start, fields}: Head, isWhole: boolean): void => {
  if (!run.lenient || start.kind !== 'request') return;
  const host = requestHost({start, fields});
  if (host.ok || (host.error.code === 'host-missing' && !isWhole)) return;
  // The target of CONNECT, and one in absolute form, names the host, so that nobody mistakes the request.
  const isNamed = host.error.code === 'host-missing' && !/^[/*]/.test(start.target);
  fault(run, isNamed ? httpError('host-left-out', host.error.at) : host.error);
};

const endHead = (run: Run, head: Head, isWhole: boolean): Phase => {
  const method = run.asked?.[0];
  const framing = takenBy(run, (lenient) => framingOf(head, method, lenient));
  if (!framing.ok && !run.lenient) return failed(framing.error);
  watchHost(run, head, isWhole);
  const span = {start: run.start, end: position(run)};
  const answered = method === undefined ? {} : {method};
  const told = framing.ok ? framing.value : untold;
  run.parts.push({kind: 'head', head, framing: told, span, ...answered});
  const {start} = head;
  // An interim response (1xx) leaves its request unanswered (RFC 9110 §15.2), except 101, which is the last response.
  const interim =
    start.kind === 'response' && start.status >= 100 && start.status < 200 && start.status !== 101;
  if (!interim) run.asked = run.asked?.slice(1);
  const content = contentPhase(told);
  if (content) return content;
  const next = endMessage(run);
  // The head has been reported as a message, but it is not known where its content ends.
  if (!framing.ok) return failed(framing.error);
  // The bytes after a CONNECT request are for the other end of the tunnel. If the response refuses it, the caller reads them with a new
  // parser from the end of the request on.
  const tunnel = told.by === 'tunnel' || (start.kind === 'request' && start.method === 'CONNECT');
  return tunnel ? {at: 'tunnel'} : next;
};

/** Takes all field lines that have arrived at once, because copying the list for each of them would take longer than reading it. */
const readFields = (run: Run, {line, fields: before, ...phase}: In<'fields'>): Phase | undefined => {
  const fields = [...before];
  let {isWhole} = phase;
  let read = false;
  for (;;) {
    const field = takeField(run, {fields, start: run.start});
    if (!field) return read ? {at: 'fields', line, fields, isWhole} : undefined;
    if (!field.ok) return failed(field.error);
    if (field.value === 'empty') return endHead(run, {start: line, fields}, isWhole);
    isWhole &&= field.value === 'field';
    read = true;
  }
};

const readContent = (run: Run, {left}: In<'content'>): Phase | undefined => {
  const span = takeBytes(run, left);
  if (span === undefined) return undefined;
  run.parts.push({kind: 'content', span});
  const rest = left - (span.end - span.start);
  return rest === 0 ? endMessage(run) : {at: 'content', left: rest};
};

const readUnbounded = (run: Run, phase: In<'until-close' | 'tunnel'>): Phase | undefined => {
  const span = takeBytes(run, Number.POSITIVE_INFINITY);
  if (span === undefined) return undefined;
  run.parts.push({kind: phase.at === 'tunnel' ? 'tunnel' : 'content', span});
  return phase;
};

const readChunkStart = (run: Run, phase: In<'chunk-line'>): Phase | undefined => {
  const here = position(run);
  const line = takeLine(run, {end: here + MAX_CHUNK_LINE_BYTES, code: 'chunk-line-long'});
  if (!line?.ok) return line && failed(line.error);
  const read = takenBy(run, (lenient) => readChunkLine(line.value, lenient));
  if (!read.ok) return failed(read.error);
  const {size, extensions} = read.value;
  const {text, span} = line.value;
  const extensionBytes = phase.extensionBytes + (extensions.length === 0 ? 0 : text.length);
  if (extensionBytes > MAX_EXTENSION_BYTES) return failed(httpError('chunk-extensions-long', here));
  run.parts.push({kind: 'chunk', size, extensions, span});
  return size === 0
    ? {at: 'trailers', fields: [], sectionStart: span.end}
    : {at: 'chunk-data', extensionBytes, left: size};
};

const readChunkData = (run: Run, {extensionBytes, left}: In<'chunk-data'>): Phase | undefined => {
  const span = takeBytes(run, left);
  if (span === undefined) return undefined;
  run.parts.push({kind: 'content', span});
  const rest = left - (span.end - span.start);
  return rest === 0 ? {at: 'chunk-end', extensionBytes} : {at: 'chunk-data', extensionBytes, left: rest};
};

/** Reads the CRLF after a chunk; if the chunk is longer or shorter than its line says, the parser fails. */
const readChunkEnd = (run: Run, {extensionBytes}: In<'chunk-end'>): Phase | undefined => {
  const crlf = takeCrlf(run);
  if (!crlf?.ok) return crlf && failed(crlf.error);
  return {at: 'chunk-line', extensionBytes};
};

const readTrailer = (run: Run, {fields: before, sectionStart}: In<'trailers'>): Phase | undefined => {
  const fields = [...before];
  const field = takeField(run, {fields, start: sectionStart});
  if (!field?.ok) return field && failed(field.error);
  if (field.value !== 'empty') return {at: 'trailers', fields, sectionStart};
  const span = {start: sectionStart, end: position(run)};
  if (fields.length > 0) run.parts.push({kind: 'trailers', fields, span});
  return endMessage(run);
};

/**
 * Takes one step of an HTTP parser and returns the next place in the message; undefined if more bytes are needed, or after an error or the
 * end.
 */
export const step = (run: Run, phase: Phase): Phase | undefined => {
  switch (phase.at) {
    case 'start':
      return readStartLine(run);
    case 'fields':
      return readFields(run, phase);
    case 'content':
      return readContent(run, phase);
    case 'until-close':
    case 'tunnel':
      return readUnbounded(run, phase);
    case 'chunk-line':
      return readChunkStart(run, phase);
    case 'chunk-data':
      return readChunkData(run, phase);
    case 'chunk-end':
      return readChunkEnd(run, phase);
    case 'trailers':
      return readTrailer(run, phase);
    case 'failed':
    case 'ended':
      return undefined;
  }
};
