// The resolver under test as the runner knows it: events in, effects out. Who may import the stack provides one.
import type {ProgramEffect, ProgramEnv, ProgramEvent} from '../../stack/program.ts';
import type {IpAddress} from '../../wire/ip-address.ts';
import type {ReplayConfig} from './replay.ts';

/** INFRA_RTT: as if that server's round-trip time had been measured. */
type ResolverCall = {readonly call: 'measured'; readonly server: IpAddress; readonly rttUs: number};

export type ResolverEvent = ProgramEvent<ResolverCall, never>;
export type ResolverEffect = ProgramEffect<unknown, unknown, string>;

export type Resolver = {
  /** Keeps the state that the event leads to. */
  deliver(event: ResolverEvent, env: ProgramEnv): readonly ResolverEffect[];
};

/** A fresh one, set as the script's configuration says. */
export type ResolverMaker = (config: ReplayConfig) => Resolver;
