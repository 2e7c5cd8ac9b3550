// Tells what a packet says in HTTP: the start line of the message that it begins or continues.
import {carriedMessage} from '../observe/http-places.ts';
import type {Trace} from '../sim/trace.ts';
import type {StartLine} from '../wire/http/start-line.ts';
import {foreign} from './foreign.ts';
import type {HttpPart} from './part.ts';
import {carriesRefused} from './refused-records.ts';

export const startPart = (start: StartLine, goesOn = false): HttpPart => ({
  kind: 'http',
  goesOn,
  ...(start.kind === 'request'
    ? {method: foreign(start.method), target: foreign(start.target)}
    : {status: start.status, reason: foreign(start.reason)}),
});

/**
 * Returns the HTTP part of a packet; undefined if it carries no HTTP or its receiver refused it. `begins` is the packet with the message's
 * first byte.
 */
export const httpPartIn = (
  trace: Trace,
  packet: number,
): {readonly part: HttpPart; readonly begins: number} | undefined => {
  const message = carriedMessage(trace, packet);
  if (!message || carriesRefused(trace, packet)) return undefined;
  const {start, begins, behind} = message;
  const part = startPart(start, begins < packet && begins > 0);
  return {
    begins,
    part: behind.length === 0 ? part : {...part, behind: behind.map((each) => startPart(each))},
  };
};
