// Finds the place of `--at` in a run, which is a selector, `end`, or a time.

import {matchingEvents} from '../lesson/match.ts';
import type {Selector} from '../lesson/selector.ts';
import {parseSelector} from '../lesson/selector-parser.ts';
import {parseDuration} from '../sim/fault-text.ts';
import type {Trace} from '../sim/trace.ts';
import type {Place} from '../ui/opened-run.ts';
import {err, ok, type Result} from '../wire/result.ts';
import {noPlace, notAPlace, placeTooLate} from '../words/catalogue/errors.ts';
import {badPlace} from '../words/errors.ts';
import {formatTime} from '../words/format.ts';
import {problemOf} from '../words/problem.ts';
import type {Written} from '../words/written.ts';
import type {Failure} from './command.ts';

/** Adds ACK to a selector of packets, because a FIN or RST on the wire usually carries it. */
const withAck = (selector: Selector): Selector => {
  const {match} = selector;
  return match.kind === 'packet' && match.flags !== undefined
    ? {...selector, match: {...match, flags: [...match.flags, 'ACK']}}
    : selector;
};

/** Parses the value of `--at` and returns the event's place in the trace. `argument` is what was played, for the remedy of a failure. */
export const parsedPlace = (
  given: string,
  trace: Trace,
  argument: Written<'shell'>,
): Result<Place, Failure> => {
  if (given === 'end') return ok({event: trace.length});
  const us = parseDuration(given);
  if (us !== undefined) {
    return us <= trace.durationUs
      ? ok({us})
      : err({...problemOf(placeTooLate, {given, last: formatTime(trace.durationUs)}), exit: 2});
  }
  if (!given.includes(':')) return err({...problemOf(notAPlace, {given}), exit: 2});
  const hosts = trace.header.hosts.map(({name}) => name);
  const source = given.trimStart().startsWith('{') ? given : `{${given}}`;
  const selector = parseSelector(source, {hosts, connections: []});
  if (!selector.ok) return err({...badPlace(given, selector.error), exit: 2});
  const [event] = [selector.value, withAck(selector.value)].flatMap((each) => matchingEvents(each, trace));
  return event === undefined ? err({...problemOf(noPlace, {given, source: argument}), exit: 2}) : ok({event});
};
