// What TLS adds to the language.
import {construct, type Protocol} from '../vocabulary.ts';
import {tlsApp} from './apps.ts';
import {withSecureClients} from './clients.ts';

export const tls: Protocol = {
  name: 'tls',
  calls: {},
  triggers: [],
  results: ['alert'],
  apps: {tls: tlsApp},
  actors: {},
  heads: {},
  conditions: construct({}, () => ({})),
  overrides: {},
  completes: withSecureClients,
};
