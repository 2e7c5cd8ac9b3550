import { type Step } from './dissect-step.ts';
import { type Carried } from './dissect-transport.ts';
export declare const messages: {
    icmp: (carried: Carried) => Step;
    icmpv6: (carried: Carried) => Step;
};
