// The resolver that replay scripts are run against: ours, set as their configuration says.
import type {ResolverMaker} from '../drills/rpl/host.ts';
import {dnsStart, dnsStep} from '../stack/dns/program.ts';
import {resolverDefaults} from '../stack/dns/resolver-settings.ts';
import {rootName} from '../wire/dns/name.ts';

/** Unbound's defaults, in seconds: how long it keeps anything, and a denial. */
const limits = {ttlMost: 86_400, negativeTtlMost: 3600};

/** It asks the root for its servers before anything else, as the scripts take for granted (RFC 9609). */
export const makeResolver: ResolverMaker = ({roots, ...settings}) => {
  let state = dnsStart({
    role: 'recursive',
    settings: {
      ...resolverDefaults,
      ...limits,
      ...settings,
      roots: [{name: rootName, addresses: roots}],
      prime: true,
    },
  });
  return {
    deliver: (event, env) => {
      const step = dnsStep(state, event, env);
      state = step.state;
      return step.effects;
    },
  };
};
