// The words that TLS adds to the language of lessons.
import * as z from 'zod/mini';
import type {Action} from '../../sim/action.ts';
import {given} from '../../sim/given.ts';
import {boolean, host as hostName} from '../scalars.ts';
import {type Construct, construct, type Protocol} from '../vocabulary.ts';
import {tlsApp} from './apps.ts';
import {withSecureClients} from './clients.ts';
import {messageNames, type TlsConditions, type TlsMatch} from './match.ts';

const part = z.strictObject({message: z.optional(z.enum(messageNames)), encrypted: z.optional(boolean)});

const conditions: Construct<TlsConditions> = construct({tls: z.optional(part)}, ({tls}) =>
  tls === undefined ? {} : {tls: given(tls)},
);

const keys: Construct<TlsMatch> = construct(
  {keys: z.enum(['derived']), host: z.optional(hostName)},
  ({host}) => ({kind: 'keys', ...given({host: host === 'any' ? undefined : host})}),
);

const leakKey: Construct<Action> = construct({of: z.enum(['certificate'])}, ({of}) => ({
  call: 'leakKey',
  of,
}));

export const tls: Protocol = {
  name: 'tls',
  calls: {leakKey},
  triggers: [],
  results: ['alert'],
  apps: {tls: tlsApp},
  actors: {},
  heads: {keys},
  conditions,
  overrides: {},
  completes: withSecureClients,
};
