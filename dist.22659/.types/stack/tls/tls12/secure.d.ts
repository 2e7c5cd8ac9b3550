import { type Handshake12 } from '../../../wire/tls/handshake.ts';
import { type Fault } from '../fault.ts';
import type { TlsRuleId } from '../rules.ts';
import { type Turn } from '../turn.ts';
import type { Progress, Secured } from './phase.ts';
type WithTranscript = Pick<Progress, 'transcript'>;
export declare const heard: <P extends WithTranscript>(progress: P, bytes: Uint8Array) => P;
/** Sends it, and it counts for Finished. */
export declare const say: <P extends WithTranscript>(turn: Turn, progress: P, message: Handshake12, because: TlsRuleId) => P;
/** Of the same session again (RFC 5077 §3.4): keys are new all the same, because the randoms are. */
export declare const withMasterAgain: <P extends Progress>(turn: Turn, progress: P, master: Uint8Array) => P & Pick<Secured, 'master' | 'block'>;
/** Once ClientKeyExchange is in the transcript. */
export declare const secure: <P extends Progress>(turn: Turn, progress: P, preMaster: Uint8Array) => P & Pick<Secured, 'master' | 'block'>;
export declare const hearChange: (turn: Turn, { suite, master, block }: Secured) => void;
/** change_cipher_spec and Finished. */
export declare const sayFinished: <S extends Secured>(turn: Turn, secured: S) => S;
/** The peer's, over all messages before it. */
export declare const finishedFault: (turn: Turn, secured: Secured, body: Uint8Array) => Fault | undefined;
export {};
