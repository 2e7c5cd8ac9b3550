import { type Step, type Stretch } from './dissect-step.ts';
export declare const dissectIp: (stretch: Stretch) => Step;
