import type { Position } from './position.ts';
/** Offsets in characters → where that is, counted from 1. */
export declare const placesIn: (source: string) => ((offset: number) => Position);
