import {makeDrills} from './make.ts';
export const mendDrills = makeDrills;
