import { type Step, type Stretch } from './dissect-step.ts';
export declare const isHttpPort: (port: number) => boolean;
/** Layer by layer: heads, and what lies between and behind them as data. */
export declare const dissectHttp: (stretch: Stretch) => Step;
