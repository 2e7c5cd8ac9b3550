// The resolver that scripts are run against: events in, effects out; ours, set as a script's configuration says.
import {dnsStart, dnsStep} from '../../stack/dns/program.ts';
import {resolverDefaults} from '../../stack/dns/resolver-settings.ts';
import type {ProgramEffect, ProgramEnv, ProgramEvent} from '../../stack/program.ts';
import {rootName} from '../../wire/dns/name.ts';
import type {IpAddress} from '../../wire/ip-address.ts';
import type {ReplayConfig} from './replay.ts';

/** INFRA_RTT: as if that server's round-trip time had been measured. */
type ResolverCall = {readonly call: 'measured'; readonly server: IpAddress; readonly rttUs: number};

export type ResolverEvent = ProgramEvent<ResolverCall, never>;
export type ResolverEffect = ProgramEffect<unknown, unknown, unknown>;

export type Resolver = {
  /** Keeps the state that the event leads to. */
  deliver(event: ResolverEvent, env: ProgramEnv): readonly ResolverEffect[];
};

export type ResolverMaker = (config: ReplayConfig) => Resolver;

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
