import type { CredentialText } from '../../sim/tls-host.ts';
import type { Beside } from '../beside.ts';
import type { Place } from '../vocabulary.ts';
/** `good`, both kinds of key, or `good.rsa` alone. */
export declare const readCredentials: (name: string, { path, names, problems }: Place) => readonly CredentialText[];
/** Whom clients believe. */
export declare const rootsIn: (beside: Beside | undefined, whose?: 'lesson' | 'attacker') => readonly string[];
