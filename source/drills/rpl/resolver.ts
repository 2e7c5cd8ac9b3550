// The resolver that replay scripts test: this program's own, with the settings of the script's configuration. It takes events and returns
// effects.
import {dnsStart, dnsStep} from '../../stack/dns/program.ts';
import {resolverDefaults} from '../../stack/dns/resolver-settings.ts';
import type {ProgramEffect, ProgramEnv, ProgramEvent} from '../../stack/program.ts';
import {rootName} from '../../wire/dns/name.ts';
import type {IpAddress} from '../../wire/ip-address.ts';
import type {ReplayConfig} from './replay.ts';

/** The call for INFRA_RTT in a script: sets a server's round-trip time as if the resolver had measured it. */
type ResolverCall = {readonly call: 'measured'; readonly server: IpAddress; readonly rttUs: number};

export type ResolverEvent = ProgramEvent<ResolverCall, never>;
export type ResolverEffect = ProgramEffect<unknown, unknown, unknown>;

export type Resolver = {
  /** Gives the resolver an event and returns its effects; the resolver keeps its new state. */
  deliver(event: ResolverEvent, env: ProgramEnv): readonly ResolverEffect[];
};

export type ResolverMaker = (config: ReplayConfig) => Resolver;

/** The longest that the resolver keeps records, in seconds, by Unbound's defaults: with any TTL, and for a negative answer. */
const limits = {ttlMost: 86_400, negativeTtlMost: 3600};

/**
 * Makes a resolver for a script that asks the root for its name servers before anything else (priming), as the scripts assume (RFC 9609).
 */
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
