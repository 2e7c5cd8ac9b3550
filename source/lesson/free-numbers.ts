// A run with other initial sequence numbers than the lesson pins, for checks that must hold with any.
import type {Cause, HostSpec} from '../sim/scenario.ts';
import {type Seq, seq, seqAdd} from '../wire/seq.ts';
import {hash32} from './hash.ts';
import type {Run} from './lesson.ts';

/**
 * Returns the amount by which a host's initial sequence numbers are shifted; 0 if the lesson pins none for the host, because then nothing
 * relates to them.
 */
const shiftOf = (run: Run, seed: number, {name, iss}: HostSpec): number =>
  iss === undefined ? 0 : hash32(`${run.name} ${seed} ${name}`);

const moved = (iss: Seq | undefined, by: number): {iss?: Seq} =>
  iss === undefined ? {} : {iss: seqAdd(iss, by)};

const numbers = 2 ** 32;

/** An initial sequence number less than this below 2^32 is pinned so that it wraps (RFC 9293 §3.4); its replacement has to wrap as soon. */
const closeToEnd = 1024;

const freed = (seed: number, {iss, ...host}: HostSpec): HostSpec =>
  iss === undefined || iss < numbers - closeToEnd
    ? host
    : {...host, iss: seq(iss - (hash32(`${seed} ${host.name}`) % (numbers - iss)))};

/**
 * Returns the run with initial sequence numbers drawn by the seed. If a cause names one, all pinned numbers are shifted instead, because
 * the lesson relies on their distances.
 */
export const withFreeNumbers = (run: Run, seed: number): Run => {
  const names = run.script.some(({action}) => action.call === 'connect' && action.iss !== undefined);
  if (!names) return {...run, seed, hosts: run.hosts.map((host) => freed(seed, host))};
  const shifts = new Map(run.hosts.map((host) => [host.name, shiftOf(run, seed, host)]));
  const shift = (host: string): number => shifts.get(host) ?? 0;
  const hosts = run.hosts.map((host) => ({...host, ...moved(host.iss, shift(host.name))}));
  const script = run.script.map((cause): Cause => {
    const {host, action} = cause;
    return action.call === 'connect'
      ? {...cause, action: {...action, ...moved(action.iss, shift(host))}}
      : cause;
  });
  return {...run, seed, hosts, script};
};
