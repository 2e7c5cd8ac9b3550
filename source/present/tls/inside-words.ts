// What is in the encrypted records that a packet completes, in the brackets of RFC 9846 §2: (under early keys), {under handshake
// keys}, [under application keys]. For whoever has the secrets: without them the records are only what they are.
import type {TlsMessage} from '../../observe/tls-messages.ts';
import {type TlsSession, tlsSessionsIn} from '../../observe/tls-sessions.ts';
import {spokenMessage} from '../../sim/tls-words.ts';
import type {Trace} from '../../sim/trace.ts';
import {alertName, ContentType} from '../../wire/tls/registry.ts';
import {messageWordsIn} from '../http/message-words.ts';

const brackets = {early: ['(', ')'], handshake: ['{', '}'], application: ['[', ']']} as const;

type Said = {readonly words: string; readonly keys: keyof typeof brackets};

const afterHandshake: readonly string[] = ['new_session_ticket', 'key_update'];

const messageSaid = ({name}: TlsMessage): Said => ({
  words: spokenMessage(name),
  keys: afterHandshake.includes(name) ? 'application' : name === 'end_of_early_data' ? 'early' : 'handshake',
});

type Add = (frame: number, said: Said) => void;

const collect = (
  trace: Trace,
  {messages, alerts, contents, earlyDataOffered}: TlsSession,
  add: Add,
): void => {
  for (const message of messages) if (message.encrypted) add(message.frame, messageSaid(message));
  const done = ([0, 1] as const).map(
    (side) => messages.find((each) => each.side === side && each.name === 'finished')?.event ?? Infinity,
  );
  for (const {side, frame, event, encrypted, description} of alerts)
    if (encrypted)
      add(frame, {
        words: `Alert ${alertName(description)}`,
        keys: event > (done[side] ?? 0) ? 'application' : 'handshake',
      });
  for (const {seen, type, content, encrypted} of contents) {
    if (!encrypted || type !== ContentType.application_data || !content?.length) continue;
    const early = earlyDataOffered && seen.side === 0 && seen.event < (done[0] ?? 0);
    const words = messageWordsIn(trace, seen.frame)?.text ?? 'ApplicationData';
    add(seen.frame, {words, keys: early ? 'early' : 'application'});
  }
};

const known = new WeakMap<Trace, ReadonlyMap<number, readonly Said[]>>();

const saidIn = (trace: Trace): ReadonlyMap<number, readonly Said[]> => {
  const before = known.get(trace);
  if (before) return before;
  const said = new Map<number, Said[]>();
  const add: Add = (frame, each) => {
    said.set(frame, [...(said.get(frame) ?? []), each]);
  };
  for (const session of trace.tls ? tlsSessionsIn(trace) : []) collect(trace, session, add);
  known.set(trace, said);
  return said;
};

/** `{EncryptedExtensions, Certificate, CertificateVerify, Finished}`; undefined: nothing that can be read. */
export const insideWords = (trace: Trace, packet: number): string | undefined => {
  const said = saidIn(trace).get(packet);
  if (!said) return undefined;
  const groups: {keys: Said['keys']; words: string[]}[] = [];
  for (const {words, keys} of said) {
    const last = groups.at(-1);
    if (last?.keys !== keys) groups.push({keys, words: [words]});
    else if (last.words.at(-1) !== words) last.words.push(words);
  }
  return groups
    .map(({keys, words}) => `${brackets[keys][0]}${words.join(', ')}${brackets[keys][1]}`)
    .join(' ');
};
