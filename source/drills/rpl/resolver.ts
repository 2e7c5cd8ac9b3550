// The resolver against which scripts are run: events in, effects out. It is this program's own, with the settings of a script's
// configuration.
import {dnsStart, dnsStep} from '../../stack/dns/program.ts';
import {resolverDefaults} from '../../stack/dns/resolver-settings.ts';
import type {ProgramEffect, ProgramEnv, ProgramEvent} from '../../stack/program.ts';
import {rootName} from '../../wire/dns/name.ts';
import type {IpAddress} from '../../wire/ip-address.ts';
import type {ReplayConfig} from './replay.ts';

/** INFRA_RTT: sets that server's round-trip time as if it had been measured. */
type ResolverCall = {readonly call: 'measured'; readonly server: IpAddress; readonly rttUs: number};

export type ResolverEvent = ProgramEvent<ResolverCall, never>;
export type ResolverEffect = ProgramEffect<unknown, unknown, unknown>;

export type Resolver = {
  /** Handles an event, keeps the resulting state and returns the effects. */
  deliver(event: ResolverEvent, env: ProgramEnv): readonly ResolverEffect[];
};

export type ResolverMaker = (config: ReplayConfig) => Resolver;

/** Unbound's default limits in seconds: for any TTL, and for that of a denial. */
const limits = {ttlMost: 86_400, negativeTtlMost: 3600};

/** Makes a resolver that asks the root for its servers before anything else, as the scripts assume (RFC 9609). */
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
