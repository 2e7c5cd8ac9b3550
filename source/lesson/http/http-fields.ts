// Fields of HTTP messages by their Wireshark names (wireshark.org/docs/dfref/h/http.html), of all messages that begin in the packet.
import {fieldValues} from '../../wire/http/field-lines.ts';
import type {Head} from '../../wire/http/framing.ts';
import type {RequestLine, StatusLine} from '../../wire/http/start-line.ts';
import {type FieldReader, type FieldValue, number, text} from '../field-value.ts';

type Reader = FieldReader<readonly Head[]>;

const request =
  (read: (line: RequestLine) => readonly FieldValue[]): Reader =>
  (heads) =>
    heads.flatMap(({start}) => (start.kind === 'request' ? read(start) : []));

const response =
  (read: (line: StatusLine) => readonly FieldValue[]): Reader =>
  (heads) =>
    heads.flatMap(({start}) => (start.kind === 'response' ? read(start) : []));

/** Makes a reader of an HTTP header field, with one value for each line of that name. */
const line =
  (name: string): Reader =>
  (heads) =>
    heads.flatMap(({fields}) => text(...fieldValues(fields, name)));

export const httpFields = {
  'http.request': request(() => number(1)),
  'http.request.method': request(({method}) => text(method)),
  'http.request.uri': request(({target}) => text(target)),
  'http.request.version': request(({version}) => text(version)),
  'http.response': response(() => number(1)),
  'http.response.version': response(({version}) => text(version)),
  'http.response.code': response(({status}) => number(status)),
  'http.response.phrase': response(({reason}) => (reason === '' ? [] : text(reason))),
  'http.content_length': (heads) =>
    heads.flatMap(({fields}) => number(...fieldValues(fields, 'Content-Length').map(Number))),
  'http.host': line('Host'),
  'http.user_agent': line('User-Agent'),
  'http.accept': line('Accept'),
  'http.accept_language': line('Accept-Language'),
  'http.accept_encoding': line('Accept-Encoding'),
  'http.referer': line('Referer'),
  'http.authorization': line('Authorization'),
  'http.cookie': line('Cookie'),
  'http.set_cookie': line('Set-Cookie'),
  'http.content_type': line('Content-Type'),
  'http.content_encoding': line('Content-Encoding'),
  'http.transfer_encoding': line('Transfer-Encoding'),
  'http.connection': line('Connection'),
  'http.cache_control': line('Cache-Control'),
  'http.date': line('Date'),
  'http.last_modified': line('Last-Modified'),
  'http.location': line('Location'),
  'http.server': line('Server'),
  'http.www_authenticate': line('WWW-Authenticate'),
} satisfies {readonly [field: string]: Reader};

const numbers = ['http.request', 'http.response', 'http.response.code', 'http.content_length'];

/** The names of the HTTP fields whose values are texts, not numbers. */
export const httpTexts: readonly string[] = Object.keys(httpFields).filter((name) => !numbers.includes(name));
