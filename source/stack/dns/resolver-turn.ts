// The data of one step of a resolver: the current state, the effects so far, the searches that can continue.
import type {ProgramEnv, ProgramTurn} from '../program.ts';
import type {DnsEffect} from './call.ts';
import type {DnsBecause} from './cases.ts';
import type {Query, ResolverState, Walk} from './resolver-state.ts';

export type ResolverTurn = ProgramTurn<ResolverState, DnsEffect> & {
  /** The keys of the resolver's searches that wait for nothing and continue in this step. */
  readonly ready: string[];
};

export const turnOf = (state: ResolverState, env: ProgramEnv): ResolverTurn => ({
  env,
  effects: [],
  state,
  ready: [],
});

export function update(turn: ResolverTurn, changes: Partial<ResolverState>): void {
  turn.state = {...turn.state, ...changes};
}

export function updateWalk(turn: ResolverTurn, key: string, changes: Partial<Walk>): Walk | undefined {
  const before = turn.state.walks.get(key);
  if (!before) return undefined;
  const walk = {...before, ...changes};
  update(turn, {walks: turn.state.walks.with(key, walk)});
  return walk;
}

/** Lets a resolver's search that waits continue later in this step, with these changes. */
export function wake(turn: ResolverTurn, key: string, changes: Partial<Walk> = {}): void {
  if (updateWalk(turn, key, {...changes, awaits: undefined})) turn.ready.push(key);
}

/** Removes a resolver's query, stops its timer, and releases its UDP port or closes its TCP connection. */
export function dropQuery(turn: ResolverTurn, {serial, port, stream}: Query, because: DnsBecause): void {
  turn.effects.push({kind: 'timer', timer: serial, op: 'cancel', because});
  turn.effects.push(stream ? {kind: 'close', stream: stream.id} : {kind: 'unbind', port});
  update(turn, {queries: turn.state.queries.without(serial)});
}
