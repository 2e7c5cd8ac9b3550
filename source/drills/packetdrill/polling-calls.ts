// Carries out poll(2) and epoll(7) in packetdrill scripts.
import {
  type Arguments,
  type CallContext,
  failed,
  fieldsOf,
  missing,
  numberOf,
  type Outcome,
  returned,
  unlisted,
  wordsOf,
} from './calls.ts';
import {Epoll, type EpollData, type EpollEvent, Mode} from './epoll.ts';
import {Ready, readinessOf} from './readiness.ts';
import type {Expression} from './script.ts';

const bitOf = (word: string): number | undefined => {
  const name = word.replace(/^E?POLL/, '');
  if (name === 'ONESHOT') return Mode.oneShot;
  if (name === 'ET') return Mode.edge;
  const found = Object.entries(Ready).find(([each]) => each === name);
  return found?.[1];
};

/** Returns the bits of the events that a script names for poll() or epoll; undefined if one of the names is unknown. */
const eventsOf = (expression: Expression | undefined): number | undefined => {
  const number = numberOf(expression);
  if (number !== undefined) return number;
  let sum = 0;
  for (const word of wordsOf(expression)) {
    const bit = bitOf(word);
    if (bit === undefined) return undefined;
    sum += bit;
  }
  return sum;
};

const namesOf = (events: number): string => {
  const names = Object.entries(Ready).flatMap(([name, bit]) => ((events & bit) === 0 ? [] : [`POLL${name}`]));
  return names.length === 0 ? '0' : names.join('|');
};

/** Returns the outcome of poll() or epoll_wait() when the events that it reports differ from those of the script. */
const differing = (what: string, wanted: number, actual: number): Outcome => ({
  kind: 'mismatch',
  what,
  expected: namesOf(wanted),
  actual: namesOf(actual),
});

type Polled = {readonly descriptor: number; readonly events: number; readonly wanted: number | undefined};

const polledOf = (expression: Expression): Polled | undefined => {
  const fields = fieldsOf(expression);
  const descriptor = numberOf(fields?.['fd']);
  const events = eventsOf(fields?.['events']);
  if (fields === undefined || descriptor === undefined || events === undefined) return undefined;
  const revents = fields['revents'];
  return {descriptor, events, wanted: revents?.kind === 'wildcard' ? undefined : eventsOf(revents)};
};

/** The bit POLLNVAL, which poll() reports for a descriptor that is not open. */
const noDescriptor = 0x20;

const poll = (context: CallContext, [list, , timeout]: Arguments): Outcome => {
  const items = list?.kind === 'list' ? list.items.map(polledOf) : [];
  const polled = items.flatMap((each) => each ?? []);
  if (polled.length < items.length) return missing('argument', 'poll');
  const ask = () =>
    polled.map(({descriptor, events}) => {
      const socket = context.sockets.get(descriptor);
      if (socket === undefined) return noDescriptor;
      return readinessOf(context, socket) & (events | Ready.ERR | Ready.HUP);
    });
  const told = (found: readonly number[]): Outcome => {
    for (const [index, {wanted, descriptor}] of polled.entries()) {
      const actual = found[index] ?? 0;
      if (wanted !== undefined && wanted !== actual)
        return differing(`revents (${descriptor})`, wanted, actual);
    }
    return returned(found.filter((events) => events !== 0).length);
  };
  const take = (): Outcome | undefined => {
    const found = ask();
    return found.some((events) => events !== 0) ? told(found) : undefined;
  };
  return waiting(context, numberOf(timeout) ?? -1, take, () => told(ask()));
};

/**
 * Returns the outcome of poll() or epoll_wait(): at once if there are events, otherwise after at most `timeoutMs`; a negative timeout waits
 * without end.
 */
const waiting = (
  context: CallContext,
  timeoutMs: number,
  take: () => Outcome | undefined,
  late: () => Outcome,
): Outcome => {
  const now = take();
  if (now !== undefined) return now;
  if (timeoutMs === 0) return late();
  const dueUs = timeoutMs < 0 ? undefined : context.host.nowUs + timeoutMs * 1000;
  const blocked = (): Outcome => ({
    kind: 'blocked',
    retry: () => take() ?? blocked(),
    ...(dueUs === undefined ? {} : {ends: {dueUs, outcome: late}}),
  });
  return blocked();
};

const dataOf = (fields: Readonly<Record<string, Expression>>): EpollData | undefined => {
  const found = Object.entries(fields).find(([name]) => name !== 'events');
  const value = numberOf(found?.[1]);
  return found === undefined || value === undefined ? undefined : {name: found[0], value};
};

const epollEventOf = (expression: Expression | undefined): EpollEvent | undefined => {
  const fields = fieldsOf(expression);
  const events = eventsOf(fields?.['events']);
  if (fields === undefined || events === undefined) return undefined;
  return {events, data: dataOf(fields) ?? {name: 'fd', value: 0}};
};

const epollCreate = (context: CallContext, [size]: Arguments): Outcome =>
  numberOf(size) !== undefined && (numberOf(size) ?? 0) <= 0
    ? failed('EINVAL')
    : {kind: 'made', bind: (descriptor) => context.things.set(descriptor, new Epoll())};

const epollOf = (context: CallContext, argument: Expression | undefined): Epoll | undefined => {
  const thing = context.things.get(numberOf(argument) ?? -1);
  return thing instanceof Epoll ? thing : undefined;
};

const epollControl = (context: CallContext, [which, operation, descriptor, event]: Arguments): Outcome => {
  const epoll = epollOf(context, which);
  const number = numberOf(descriptor) ?? -1;
  const socket = context.sockets.get(number);
  if (epoll === undefined || socket === undefined) return failed('EBADF');
  const [name] = wordsOf(operation);
  if (name === 'EPOLL_CTL_ADD' && epoll.has(number)) return failed('EEXIST');
  if (name !== 'EPOLL_CTL_ADD' && !epoll.has(number)) return failed('ENOENT');
  if (name === 'EPOLL_CTL_DEL') {
    epoll.remove(number);
    return returned(0);
  }
  const asked = epollEventOf(event);
  if (asked === undefined || (name !== 'EPOLL_CTL_ADD' && name !== 'EPOLL_CTL_MOD'))
    return missing('argument', `epoll_ctl ${name ?? ''}`);
  epoll.set(number, socket, asked, readinessOf(context, socket));
  return returned(0);
};

/** Handles epoll_wait() in a script. Only the first event is compared with the script's, as in packetdrill. */
const epollWait = (context: CallContext, [which, event, most, timeout]: Arguments): Outcome => {
  const epoll = epollOf(context, which);
  if (epoll === undefined) return failed('EBADF');
  const wanted = epollEventOf(unlisted(event));
  if (wanted === undefined) return missing('argument', 'epoll_wait');
  const take = (): Outcome | undefined => {
    const found = epoll.take(numberOf(most) ?? 1, (socket) => readinessOf(context, socket));
    const [came] = found;
    if (came === undefined) return undefined;
    if (came.events !== wanted.events) return differing('events', wanted.events, came.events);
    const {name, value} = wanted.data;
    if (came.data.value !== value)
      return {kind: 'mismatch', what: name, expected: `${value}`, actual: `${came.data.value}`};
    return returned(found.length);
  };
  const late = (): Outcome => (wanted.events === 0 ? returned(0) : differing('events', wanted.events, 0));
  return waiting(context, numberOf(timeout) ?? -1, take, late);
};

export const pollingCalls: Readonly<Record<string, (context: CallContext, args: Arguments) => Outcome>> = {
  poll,
  epoll_create: epollCreate,
  epoll_create1: (context) => epollCreate(context, []),
  epoll_ctl: epollControl,
  epoll_wait: epollWait,
  epoll_pwait: epollWait,
};
