// What people do to hosts and links besides running programs on them.
import {construct, type Protocol} from '../vocabulary.ts';

export const world: Protocol = {
  name: 'world',
  calls: {
    crash: construct({}, () => ({call: 'crash'})),
    reboot: construct({}, () => ({call: 'reboot'})),
  },
  triggers: [],
  results: [],
  apps: {},
  actors: {},
  heads: {},
  conditions: construct({}, () => ({})),
  overrides: {},
};
