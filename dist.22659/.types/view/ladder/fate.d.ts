import type { PacketRecord } from '../../sim/trace.ts';
import type { View } from '../view.ts';
import type { PacketItem } from './ladder-item.ts';
type Fate = Pick<PacketItem, 'status' | 'progress' | 'dueUs' | 'lostBecause' | 'lostLabel' | 'estimated'>;
export declare const fateOf: (view: View, packet: PacketRecord) => Fate;
export {};
