// The words of the lesson language for what people and the path do, besides running programs on hosts.
import {construct, type Protocol} from '../vocabulary.ts';
import {firewall, nat} from './actors.ts';
import {replay, setLink, spoofSyn} from './calls.ts';
import {tap} from './tap.ts';

export const world: Protocol = {
  name: 'world',
  calls: {
    crash: construct({}, () => ({call: 'crash'})),
    reboot: construct({}, () => ({call: 'reboot'})),
    spoofSyn,
    replay,
    setLink,
  },
  triggers: [],
  results: [],
  apps: {},
  actors: {firewall, nat, tap},
  heads: {},
  conditions: construct({}, () => ({})),
  overrides: {},
};
