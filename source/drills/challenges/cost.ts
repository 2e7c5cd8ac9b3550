import {makeDrills} from './make.ts';
export const costDrills = makeDrills;
