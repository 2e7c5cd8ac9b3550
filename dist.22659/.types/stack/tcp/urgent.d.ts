import { type Seq } from '../../wire/seq.ts';
import type { Connection } from './connection.ts';
/** 0: the segment needs no URG. Urgent data that lie further ahead are pointed to as far as 16 bits reach. */
export declare function urgentField({ sndUp }: Connection, segSeq: Seq): number;
