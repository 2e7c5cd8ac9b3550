// How long one way takes from end to end.
import type {TraceHeader} from '../../sim/trace.ts';

/** Over all links, where they make one path; undefined: they branch, and each pair of hosts has a time of its own. */
export const oneWayUs = ({hosts, links}: TraceHeader): number | undefined => {
  const isPath =
    links.length === hosts.length - 1 &&
    hosts.every(({name}) => links.filter(({between}) => between.includes(name)).length <= 2);
  return isPath ? links.reduce((sum, {delayUs}) => sum + delayUs, 0) : undefined;
};
