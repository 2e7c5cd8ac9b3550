// Computes the secrets of a TLS 1.2 handshake, and makes and checks change_cipher_spec and Finished (RFC 5246 §7.1, §7.4.9, §8.1).

import {sameBytes} from '../../../wire/octets.ts';
import {type Handshake12, tls12} from '../../../wire/tls/handshake.ts';
import {type Fault, fault} from '../fault.ts';
import {kdfOf} from '../key-schedule.ts';
import type {TlsRuleId} from '../rules.ts';
import {transcriptHash} from '../transcript.ts';
import {
  note,
  secretEffect,
  sendChangeCipherSpec,
  sendMessage,
  setRead,
  setWrite,
  type Turn,
} from '../turn.ts';
import type {Progress, Secured} from './phase.ts';
import {extendedMasterSecret, finishedData, keyBlock, masterSecret} from './prf.ts';
import {protection12} from './protection.ts';

type WithTranscript = Pick<Progress, 'transcript'>;

export const heard = <P extends WithTranscript>(progress: P, bytes: Uint8Array): P => ({
  ...progress,
  transcript: [...progress.transcript, bytes],
});

/** Sends a TLS 1.2 handshake message and adds it to the transcript, which Finished covers. */
export const say = <P extends WithTranscript>(
  turn: Turn,
  progress: P,
  message: Handshake12,
  because: TlsRuleId,
): P => {
  const bytes = tls12.encode(message);
  sendMessage(turn, bytes, because);
  return heard(progress, bytes);
};

const withMaster = <P extends Progress>(
  turn: Turn,
  progress: P,
  {master, because}: {readonly master: Uint8Array; readonly because: TlsRuleId},
): P & Pick<Secured, 'master' | 'block'> => {
  const {suite, clientRandom} = progress;
  note(turn, {kind: 'schedule', step: 'master secret', value: master}, because);
  secretEffect(turn, {label: 'CLIENT_RANDOM', clientRandom, secret: master}, because);
  return {...progress, master, block: keyBlock(kdfOf(turn.env.crypto, suite), suite, master, progress)};
};

/** Returns the state with the master secret of a resumed TLS 1.2 session (RFC 5077 §3.4); its keys are new, because the randoms are. */
export const withMasterAgain = <P extends Progress>(
  turn: Turn,
  progress: P,
  master: Uint8Array,
): P & Pick<Secured, 'master' | 'block'> => withMaster(turn, progress, {master, because: '5077:3.4/resume'});

/** Computes the TLS 1.2 master secret and keys from the premaster secret, once the transcript contains ClientKeyExchange. */
export const secure = <P extends Progress>(
  turn: Turn,
  progress: P,
  preMaster: Uint8Array,
): P & Pick<Secured, 'master' | 'block'> => {
  const kdf = kdfOf(turn.env.crypto, progress.suite);
  const because = progress.extended ? '7627:4/extended-master-secret' : '5246:8.1/master-secret';
  note(turn, {kind: 'schedule', step: 'premaster secret', value: preMaster}, because);
  const master = progress.extended
    ? extendedMasterSecret(kdf, preMaster, transcriptHash(kdf, progress.transcript))
    : masterSecret(kdf, preMaster, progress);
  return withMaster(turn, progress, {master, because});
};

/** Sends change_cipher_spec of TLS 1.2 and from then on uses the new keys for writing. */
const sayChange = (turn: Turn, {suite, master, block}: Secured): void => {
  sendChangeCipherSpec(turn, '5246:7.1/change-cipher-spec');
  setWrite(turn, 'application', protection12(suite, master, block, turn.role));
};

export const hearChange = (turn: Turn, {suite, master, block}: Secured): void => {
  note(turn, {kind: 'changeCipherSpec', op: 'received'}, '5246:7.1/received');
  const peer = turn.role === 'client' ? 'server' : 'client';
  setRead(turn, 'application', protection12(suite, master, block, peer));
};

const verifyDataOf = (
  turn: Turn,
  {suite, master, transcript}: Secured,
  whose: 'client' | 'server',
): Uint8Array => {
  const kdf = kdfOf(turn.env.crypto, suite);
  return finishedData(kdf, master, whose, transcriptHash(kdf, transcript));
};

/** Sends change_cipher_spec and Finished of TLS 1.2. */
export const sayFinished = <S extends Secured>(turn: Turn, secured: S): S => {
  sayChange(turn, secured);
  const body = verifyDataOf(turn, secured, turn.role);
  return say(turn, secured, {type: 'finished', body}, '5246:7.4.9/finished');
};

/** Returns the fault if verify_data in the peer's TLS 1.2 Finished, which covers all messages before it, is wrong; undefined otherwise. */
export const finishedFault = (turn: Turn, secured: Secured, body: Uint8Array): Fault | undefined => {
  const peer = turn.role === 'client' ? 'server' : 'client';
  const expected = verifyDataOf(turn, secured, peer);
  if (body.length !== expected.length) return fault('decode_error', '5246:7.4.9/size');
  return sameBytes(body, expected) ? undefined : fault('decrypt_error', '5246:7.4.9/wrong');
};
