// Somebody who changes what our ends say: hellos in clear, and messages of a flight under the keys that protected them.
import {nodeCrypto} from '../../../source/io/crypto.ts';
import {cipherSuite} from '../../../source/stack/tls/cipher-suite.ts';
import type {Epoch} from '../../../source/stack/tls/effect.ts';
import {type Protection, protect, protectionOf} from '../../../source/stack/tls/record-protection.ts';
import {type Handshake13, tls13} from '../../../source/wire/tls/handshake.ts';
import type {ClientHello, ClientHelloExtension, ServerHello} from '../../../source/wire/tls/hello.ts';
import {encodeRecord, fragmentsOf, splitRecords} from '../../../source/wire/tls/record.ts';
import {type End, Pair} from './pair.ts';
import {join} from './rfc8448.ts';

type Hello = Extract<Handshake13, {readonly type: 'client_hello' | 'server_hello' | 'hello_retry_request'}>;

/** The records of some bytes; the first handshake message decoded. */
const opened = (data: Uint8Array) => {
  const {records} = splitRecords(new Uint8Array(), data);
  const [first, ...rest] = records;
  const decoded = first && tls13.decode(first.fragment);
  if (!first || !decoded?.ok) throw new Error('no hello');
  return {first, message: decoded.value, rest: join(...rest.map(encodeRecord))};
};

/** `data` with another first message. */
const withHello = (data: Uint8Array, edit: (message: Handshake13) => Handshake13): Uint8Array => {
  const {first, message, rest} = opened(data);
  return join(
    ...fragmentsOf(tls13.encode(edit(message))).map((fragment) => encodeRecord({...first, fragment})),
    rest,
  );
};

const flightOf = (end: End): Uint8Array => join(...end.take());

/** The client's hello, changed, reaches the server. */
export const clientSays = (pair: Pair, edit: (hello: ClientHello) => ClientHello): Pair => {
  const data = withHello(flightOf(pair.client), (message) =>
    message.type === 'client_hello' ? {...message, body: edit(message.body)} : message,
  );
  pair.server.happen({kind: 'bytes', data});
  return pair;
};

type AnyServerHello = Extract<Hello, {readonly type: 'server_hello' | 'hello_retry_request'}>;

/** The server's first message, changed, reaches the client; `edit` sees ServerHello and HelloRetryRequest alike. */
export const serverSays = (pair: Pair, edit: (body: ServerHello) => ServerHello): Pair => {
  pair.pass(pair.client, pair.server);
  const data = withHello(flightOf(pair.server), (message) =>
    message.type === 'server_hello' ? {...message, body: edit(message.body)} : message,
  );
  pair.client.happen({kind: 'bytes', data});
  return pair;
};

export const retrySays = (
  pair: Pair,
  edit: (
    body: Extract<AnyServerHello, {readonly type: 'hello_retry_request'}>['body'],
  ) => Extract<AnyServerHello, {readonly type: 'hello_retry_request'}>['body'],
): Pair => {
  pair.pass(pair.client, pair.server);
  const data = withHello(flightOf(pair.server), (message) =>
    message.type === 'hello_retry_request' ? {...message, body: edit(message.body)} : message,
  );
  pair.client.happen({kind: 'bytes', data});
  return pair;
};

export const without = (
  hello: ClientHello,
  ...names: readonly ClientHelloExtension['name'][]
): ClientHello => ({
  ...hello,
  extensions: (hello.extensions ?? []).filter(({name}) => !names.includes(name)),
});

/** The extension in place of the one of its name. */
export const replaced = (hello: ClientHello, extension: ClientHelloExtension): ClientHello => ({
  ...hello,
  extensions: (hello.extensions ?? []).map((one) => (one.name === extension.name ? extension : one)),
});

/** What protects what `end` sends in that epoch, from its first record on. */
export const keysOf = (end: End, epoch: Epoch): Protection => {
  const note = end
    .of('note')
    .find((one) => one.note.kind === 'keys' && one.note.op === 'write' && one.note.epoch === epoch)?.note;
  const {channel} = end.connection;
  const suite = channel.write?.protection.suite ?? cipherSuite(0x1301);
  if (note?.kind !== 'keys' || !suite) throw new Error(`no ${epoch} keys`);
  return protectionOf(nodeCrypto, suite, note.secret);
};

export type Content = {readonly type: number; readonly content: Uint8Array};

/** Records under `keys`, one for each content. */
export const sealed = (keys: Protection, contents: readonly Content[]): Uint8Array => {
  let current = keys;
  return join(
    ...contents.map((inner) => {
      const {record, next} = protect(nodeCrypto, current, inner);
      current = next;
      return record;
    }),
  );
};

export const handshake = (...messages: readonly Uint8Array[]): Content => ({
  type: 22,
  content: join(...messages),
});

/** The messages that `end` has sent in that epoch. */
export const sentIn = (end: End, epoch: Epoch): readonly Uint8Array[] =>
  end
    .of('note')
    .flatMap(({note}) =>
      note.kind === 'message' && note.op === 'sent' && note.epoch === epoch ? [note.bytes] : [],
    );

/** The server's encrypted flight as `edit` wants it, after its true ServerHello. */
export const flightSays = (
  edit: (messages: readonly Uint8Array[]) => readonly Content[],
  options: ConstructorParameters<typeof Pair>[0] = {},
): Pair => {
  const pair = new Pair(options).open();
  pair.pass(pair.client, pair.server);
  const {first} = opened(flightOf(pair.server));
  pair.client.happen({kind: 'bytes', data: encodeRecord(first)});
  const contents = edit(sentIn(pair.server, 'handshake'));
  pair.client.happen({kind: 'bytes', data: sealed(keysOf(pair.server, 'handshake'), contents)});
  return pair;
};

/** The client's encrypted flight as `edit` wants it. */
export const answerSays = (
  edit: (messages: readonly Uint8Array[]) => readonly Content[],
  options: ConstructorParameters<typeof Pair>[0] = {},
): Pair => {
  const pair = new Pair(options).open();
  pair.pass(pair.client, pair.server);
  pair.pass(pair.server, pair.client);
  pair.client.take();
  const contents = edit(sentIn(pair.client, 'handshake'));
  pair.server.happen({kind: 'bytes', data: sealed(keysOf(pair.client, 'handshake'), contents)});
  return pair;
};

export const encode = (message: Handshake13): Uint8Array => tls13.encode(message);

/** The message of that type in a flight, decoded. */
export const decoded = (bytes: Uint8Array | undefined): Handshake13 => {
  const message = bytes && tls13.decode(bytes);
  if (!message?.ok) throw new Error('no message');
  return message.value;
};
