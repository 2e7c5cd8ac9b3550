import type { TcpSegment } from '../../wire/tcp.ts';
import { type Turn } from './turn.ts';
/** `syn`: the segment has a SYN that is not known yet. False: the segment goes no further. */
export declare function checkSyn(turn: Turn, { syn, segment }: {
    syn: boolean;
    segment: TcpSegment;
}): boolean;
