// Somebody who changes what our ends of TLS 1.2 say: messages in clear, which anybody can, and records under their keys.
import {nodeCrypto} from '../../../../source/io/crypto.ts';
import {type Protection12, protect12} from '../../../../source/stack/tls/tls12/protection.ts';
import {type Handshake12, tls12} from '../../../../source/wire/tls/handshake.ts';
import {splitHandshake} from '../../../../source/wire/tls/handshake-stream.ts';
import {encodeRecord, splitRecords} from '../../../../source/wire/tls/record.ts';
import {type End, Pair} from '../pair.ts';
import {join} from '../rfc8448.ts';
import type {Content} from '../tamper.ts';

export const v12 = 0x0303;
export const v13 = 0x0304;
export const only12 = {versions: [v12]};

type Options = NonNullable<ConstructorParameters<typeof Pair>[0]>;

export const fresh12 = ({client, server, ...rest}: Options = {}): Pair =>
  new Pair({...rest, client: {...only12, ...client}, server: {...only12, ...server}}).open();

type Edit = (messages: readonly Uint8Array[]) => readonly Uint8Array[];

/** The messages in clear as `edit` wants them; from change_cipher_spec on everything stays. */
export const withMessages =
  (edit: Edit) =>
  (data: Uint8Array): Uint8Array => {
    const {records} = splitRecords(new Uint8Array(), data);
    const end = records.findIndex(({type}) => type !== 22);
    const clear = records.slice(0, end < 0 ? records.length : end);
    const split = splitHandshake(new Uint8Array(), join(...clear.map(({fragment}) => fragment)));
    if (!split.ok) throw new Error('no messages');
    const edited = edit(split.value.messages);
    return join(
      ...edited.map((fragment) => encodeRecord({type: 22, version: v12, fragment})),
      ...records.slice(clear.length).map(encodeRecord),
    );
  };

type Message<N extends Handshake12['type']> = Extract<Handshake12, {readonly type: N}>;

const messageOf = <N extends Handshake12['type']>(bytes: Uint8Array, type: N): Message<N> | undefined => {
  const decoded = tls12.decode(bytes);
  const wanted = (message: Handshake12): message is Message<N> => message.type === type;
  return decoded.ok && wanted(decoded.value) ? decoded.value : undefined;
};

/** The message of that type with another body. */
export const changed =
  <N extends Handshake12['type']>(type: N, edit: (message: Message<N>) => Handshake12): Edit =>
  (messages) =>
    messages.map((bytes) => {
      const message = messageOf(bytes, type);
      return message ? tls12.encode(edit(message)) : bytes;
    });

const isOf = (bytes: Uint8Array, type: Handshake12['type']): boolean => messageOf(bytes, type) !== undefined;

export const lacking =
  (type: Handshake12['type']): Edit =>
  (messages) =>
    messages.filter((bytes) => !isOf(bytes, type));

/** `more` stands before the message of that type. */
export const before =
  (type: Handshake12['type'], more: Handshake12): Edit =>
  (messages) =>
    messages.flatMap((bytes) => (isOf(bytes, type) ? [tls12.encode(more), bytes] : [bytes]));

/** The client's hello, changed, reaches the server. */
export const helloSays = (edit: Edit, options?: Options): Pair => {
  const pair = fresh12(options);
  pair.pass(pair.client, pair.server, withMessages(edit));
  return pair;
};

/** The server's flight, changed, reaches the client. */
export const flightSays = (edit: Edit, options?: Options, start = fresh12(options)): Pair => {
  start.pass(start.client, start.server);
  start.pass(start.server, start.client, withMessages(edit));
  return start;
};

/** The client's answer, changed, reaches the server. */
export const answerSays = (edit: Edit, options?: Options): Pair => {
  const pair = flightSays((all) => all, options);
  pair.pass(pair.client, pair.server, withMessages(edit));
  return pair;
};

/** The keys of what `end` sends, from its first record on. */
export const keysOf12 = (end: End): Protection12 => {
  const protection = end.connection.channel.write?.protection;
  if (protection?.version !== 'TLS 1.2') throw new Error('no keys');
  return {...protection, sequence: 0};
};

export const sealed12 = (first: Protection12, contents: readonly Content[]): Uint8Array => {
  let keys = first;
  return join(
    ...contents.map((content) => {
      const {record, next} = protect12(nodeCrypto, keys, content);
      keys = next;
      return record;
    }),
  );
};

export const changeRecord = Uint8Array.of(20, 3, 3, 0, 1, 1);

/** The server's last flight, changed, reaches the client. */
export const lastSays = (change: (data: Uint8Array, pair: Pair) => Uint8Array, options?: Options): Pair => {
  const pair = answerSays((all) => all, options);
  pair.pass(pair.server, pair.client, (data) => change(data, pair));
  return pair;
};

/** The records up to change_cipher_spec, and behind it `content` under the keys of `end`. */
export const withFinished = (data: Uint8Array, end: End, content: readonly Content[]): Uint8Array => {
  const {records} = splitRecords(new Uint8Array(), data);
  const change = records.findIndex(({type}) => type === 20);
  return join(...records.slice(0, change + 1).map(encodeRecord), sealed12(keysOf12(end), content));
};

/** The client's last flight with another Finished: `content` under its keys, behind change_cipher_spec. */
export const finishedSays = (content: readonly Content[], options?: Options): Pair => {
  const pair = flightSays((all) => all, options);
  pair.pass(pair.client, pair.server, (data) => withFinished(data, pair.client, content));
  return pair;
};
