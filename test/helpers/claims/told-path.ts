// How all that is told of the path is judged.
import {againTold} from './told-again.ts';
import {lostTold} from './told-lost.ts';
import {onPathTold} from './told-on-path.ts';
import type {ToldRows} from './told-rows.ts';

export const pathTold = {...lostTold, ...againTold, ...onPathTold} satisfies ToldRows;
