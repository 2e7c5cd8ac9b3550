// `setLink`: what of a link may change while a run goes on, and what that is to the simulator.
import type {LinkChange} from '../../sim/action.ts';
import {given} from '../../sim/given.ts';
import {bitsOf, bytesOf, microseconds, shareOf} from '../quantity.ts';
import type {LinkFile} from '../schema-topology.ts';

type LinkChangeFile = Omit<LinkFile, 'name' | 'between'>;

export const linkChange = ({delay, rate, queue, loss, mtu}: LinkChangeFile): LinkChange =>
  given({
    delayUs: delay === undefined ? undefined : microseconds(delay),
    rateBps: rate === undefined ? undefined : bitsOf(rate),
    queueBytes: queue === undefined ? undefined : bytesOf(queue),
    loss: loss === undefined ? undefined : shareOf(loss),
    mtu,
  });
