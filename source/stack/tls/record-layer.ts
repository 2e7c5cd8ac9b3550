// The TLS record layer: cuts records out of the received octets, decrypts them, and hands their content to the handler of its type (RFC
// 9846 §5).
import {namesOf} from '../../wire/names-of.ts';
import {err, ok, type Result} from '../../wire/result.ts';
import {decodeAlert} from '../../wire/tls/alert.ts';
import {interleaved, splitHandshake} from '../../wire/tls/handshake-stream.ts';
import {
  decodeChangeCipherSpec,
  maxCiphertext,
  maxPlaintext,
  recordHeader,
  splitRecords,
  type TlsRecord,
} from '../../wire/tls/record.ts';
import {AlertDescription, AlertLevel, ContentType} from '../../wire/tls/registry.ts';
import {sendClose} from './application.ts';
import type {Keys} from './connection.ts';
import type {TlsEffect} from './effect.ts';
import {type Fault, fault, wireFault} from './fault.ts';
import {type InnerPlaintext, type Protection, unprotect} from './record-protection.ts';
import {unprotect12} from './tls12/protection.ts';
import {change, fail, messageName, note, ruleOf, shut, speaks12, type Turn} from './turn.ts';

/** The functions by which a TLS client or server handles the content of records; a returned fault ends the connection. */
export type Upper<T extends Turn> = {
  /** Handles a whole TLS handshake message, header included. */
  message(turn: T, bytes: Uint8Array): Fault | undefined;
  /** Handles the content of a TLS record of type application_data. */
  data(turn: T, data: Uint8Array): Fault | undefined;
  /** Handles change_cipher_spec of TLS 1.2, after which the agreed keys are used. */
  changeCipherSpec(turn: T): Fault | undefined;
};

type Opened = Result<InnerPlaintext | undefined, Fault>;

/**
 * Skips a record of early data that this server has refused and cannot read, and counts its octets (§4.3.10). Returns undefined if no more
 * than the remaining number may be skipped.
 */
const skip = (turn: Turn, bytes: number): Opened | undefined => {
  const {skippable} = turn.channel;
  if (skippable === undefined || bytes > skippable) return undefined;
  change(turn, {skippable: skippable - bytes});
  note(turn, {kind: 'earlyData', op: 'skipped'}, '9846:4.3.10/skip');
  return ok(undefined);
};

/** Sets the protection (keys and sequence number) with which the next TLS record is read. */
const readOn = (turn: Turn, protection: Keys['protection']): void => {
  const {read} = turn.channel;
  if (read) change(turn, {read: {...read, protection}});
};

/** Decrypts a record of TLS 1.2, in which the type stays readable; before there are keys it returns the content unchanged. */
const openProtected12 = (turn: Turn, record: TlsRecord): Opened => {
  const protection = turn.channel.read?.protection;
  if (protection?.version !== 'TLS 1.2') return ok({type: record.type, content: record.fragment});
  const opened = unprotect12(turn.env.crypto, protection, record);
  if (!opened.ok) return err(fault(opened.error, `5246:7.2.2/${opened.error}`));
  readOn(turn, opened.value.next);
  return ok(opened.value.inner);
};

const open12 = (turn: Turn, record: TlsRecord): Opened => {
  const opened = openProtected12(turn, record);
  if (!opened.ok || !opened.value) return opened;
  const {type, content} = opened.value;
  if (content.length > maxPlaintext) return err(fault('record_overflow', '5246:7.2.2/record_overflow'));
  if (content.length === 0 && type !== ContentType.application_data)
    return err(fault('unexpected_message', '5246:6.2.1/empty'));
  return opened;
};

const openProtected = (turn: Turn, protection: Protection, {type, version, fragment}: TlsRecord): Opened => {
  const {skippable} = turn.channel;
  const header = recordHeader(type, version, fragment.length);
  const opened = unprotect(turn.env.crypto, protection, fragment, header);
  if (!opened.ok) {
    const skipped = opened.error === 'bad_record_mac' ? skip(turn, fragment.length) : undefined;
    return skipped ?? err(fault(opened.error, `9846:5.2/${opened.error}`));
  }
  const {inner, next} = opened.value;
  readOn(turn, next);
  // The first record that the server can decrypt shows that the refused early data have ended.
  if (skippable !== undefined) change(turn, {skippable: undefined});
  if (inner.content.length === 0 && inner.type !== ContentType.application_data)
    return err(fault('unexpected_message', '9846:5.1/empty'));
  return ok(inner);
};

/** Tells whether a TLS server may accept this alert in clear: the client had a fault before it had keys. */
const alertInClear = (turn: Turn, {type}: TlsRecord): boolean =>
  turn.role === 'server' &&
  type === ContentType.alert &&
  turn.channel.read?.epoch === 'handshake' &&
  turn.channel.read.protection.sequence === 0;

const open = (turn: Turn, record: TlsRecord): Opened => {
  if (speaks12(turn)) return open12(turn, record);
  const {type, fragment} = record;
  const {read, skippable} = turn.channel;
  const protection = read?.protection;
  if (type === ContentType.change_cipher_spec) {
    const spec = decodeChangeCipherSpec(fragment);
    if (!spec.ok) return err(wireFault(spec.error));
    if (!turn.channel.dropsChangeCipherSpec)
      return err(fault('unexpected_message', '9846:5/change-cipher-spec'));
    note(turn, {kind: 'changeCipherSpec', op: 'dropped'}, '9846:5/change-cipher-spec/drop');
    return ok(undefined);
  }
  if (protection?.version === 'TLS 1.3' && type === ContentType.application_data)
    return openProtected(turn, protection, record);
  if (read && !alertInClear(turn, record)) return err(fault('unexpected_message', '9846:5/unprotected'));
  if (type === ContentType.application_data) {
    // After HelloRetryRequest, refused early data arrive while no key has been agreed.
    const skipped = skippable === undefined ? undefined : skip(turn, fragment.length);
    return skipped ?? err(fault('unexpected_message', '9846:5/content-type'));
  }
  if (fragment.length > maxPlaintext) return err(fault('record_overflow', '9846:5.1/length'));
  return ok({type, content: fragment});
};

const names = namesOf(AlertDescription);
const isAlertName = (name: string | undefined): name is keyof typeof AlertDescription =>
  name !== undefined && Object.hasOwn(AlertDescription, name);

/**
 * Handles an alert, and returns a fault if it cannot be decoded. All alerts except two are fatal, whatever level they have (RFC 9846 §6);
 * in TLS 1.2 the level counts (RFC 5246 §7.2).
 */
const onAlert = (turn: Turn, content: Uint8Array): Fault | undefined => {
  const alert = decodeAlert(content);
  if (!alert.ok) return wireFault(alert.error);
  const known = names.get(alert.value.description);
  const name = isAlertName(known) ? known : 'unknown';
  const closes = name === 'close_notify';
  const fatal =
    !closes && (speaks12(turn) ? alert.value.level !== AlertLevel.warning : name !== 'user_canceled');
  const because = fatal
    ? ruleOf(turn, '9846:6.2/received', '5246:7.2.2/received')
    : ruleOf(turn, '9846:6.1/received', closes ? '5246:7.2.1/received' : '5246:7.2.2/warning');
  turn.effects.push({kind: 'alert', op: 'received', fatal, name, because});
  if (closes) {
    turn.effects.push({kind: 'closed', how: 'closeNotify', because});
    change(turn, {closeReceived: true});
    // A close_notify of TLS 1.2 closes both directions at once, whatever is still to be sent (RFC 5246 §7.2.1).
    if (speaks12(turn) && !turn.channel.closeSent) sendClose(turn, '5246:7.2.1/answer');
  } else if (fatal) shut(turn, because);
  return undefined;
};

/** The fault of a handshake message that changes the keys but does not end its record (§5.1). */
const splitByKeys = fault('unexpected_message', '9846:5.1/key-change');

const onHandshake = <T extends Turn>(turn: T, content: Uint8Array, upper: Upper<T>): Fault | undefined => {
  const split = splitHandshake(turn.channel.heldMessage, content);
  if (!split.ok) return wireFault(split.error);
  const {messages, rest} = split.value;
  change(turn, {heldMessage: rest});
  for (const [index, bytes] of messages.entries()) {
    const {read} = turn.channel;
    const name = messageName(bytes);
    const epoch = read?.epoch ?? 'clear';
    const because = ruleOf(turn, '9846:4/message', '5246:7.4/message');
    note(turn, {kind: 'message', op: 'received', name, bytes, epoch}, because);
    const problem = upper.message(turn, bytes);
    if (problem) return problem;
    if (turn.phase.state === 'CLOSED') return undefined;
    const changed = turn.channel.read?.protection.secret !== read?.protection.secret;
    if (changed && (index < messages.length - 1 || rest.length > 0)) return splitByKeys;
  }
  return undefined;
};

/** Handles the content of a change_cipher_spec record. In TLS 1.3 only a protected one comes this far, which is a fault. */
const onChangeCipherSpec = <T extends Turn>(
  turn: T,
  content: Uint8Array,
  upper: Upper<T>,
): Fault | undefined => {
  const spec = decodeChangeCipherSpec(content);
  if (!spec.ok) return wireFault(spec.error);
  return speaks12(turn) ? upper.changeCipherSpec(turn) : fault('unexpected_message', '9846:5/content-type');
};

const onContent = <T extends Turn>(turn: T, inner: InnerPlaintext, upper: Upper<T>): Fault | undefined => {
  const {type, content} = inner;
  const mixed = interleaved(turn.channel.heldMessage, type);
  if (mixed) return wireFault(mixed);
  switch (type) {
    case ContentType.handshake:
      return onHandshake(turn, content, upper);
    case ContentType.alert:
      return onAlert(turn, content);
    case ContentType.application_data:
      return upper.data(turn, content);
    case ContentType.change_cipher_spec:
      return onChangeCipherSpec(turn, content, upper);
    default:
      // The record's content type is unknown.
      return fault('unexpected_message', '9846:5/content-type');
  }
};

export const isMessageRead = (effect: TlsEffect): boolean =>
  effect.kind === 'note' && effect.note.kind === 'message' && effect.note.op === 'received';

const ended = (turn: Turn): boolean => turn.phase.state === 'CLOSED' || turn.channel.closeReceived;

/** Handles octets that a TLS connection receives: opens each record and handles its content. After close_notify they are ignored (§6.1). */
export const receive = <T extends Turn>(turn: T, data: Uint8Array, upper: Upper<T>): void => {
  if (ended(turn)) return;
  const {read} = turn.channel;
  const limit = read && maxCiphertext[read.protection.version];
  const {records, rest, error} = splitRecords(turn.channel.heldRecord, data, limit);
  change(turn, {heldRecord: rest});
  for (const record of records) {
    const begun = turn.effects.length;
    const opened = open(turn, record);
    const inner = opened.ok ? opened.value : undefined;
    const problem = opened.ok ? inner && onContent(turn, inner, upper) : opened.error;
    if (problem && !turn.effects.slice(begun).some(isMessageRead)) turn.unread = turn.effects.length;
    if (problem) fail(turn, problem);
    if (ended(turn)) return;
  }
  if (!error) return;
  turn.unread = turn.effects.length;
  fail(turn, wireFault(error));
};
