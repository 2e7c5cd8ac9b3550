export declare const queuesPanel: import("../panel.ts").Panel<unknown>;
