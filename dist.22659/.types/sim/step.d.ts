import { type EventBody, type Plan } from './draft.ts';
import type { Scenario } from './scenario.ts';
import type { World } from './world.ts';
export declare const planOf: (scenario: Scenario) => Plan;
export declare const initialWorld: (plan: Plan) => World;
export type Instant = {
    readonly world: World;
    readonly events: readonly EventBody[];
};
/** The next instant; undefined when nothing is left to happen. An instant may be without events (a stale timer). */
export declare const stepWorld: (plan: Plan, before: World) => Instant | undefined;
