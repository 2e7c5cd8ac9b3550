import type { LinkChange } from '../../sim/action.ts';
import type { LinkFile } from '../schema-topology.ts';
type LinkChangeFile = Omit<LinkFile, 'name' | 'between'>;
export declare const linkChange: ({ delay, rate, queue, loss, mtu }: LinkChangeFile) => LinkChange;
export {};
