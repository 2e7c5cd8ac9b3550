export declare const waterfallPanel: import("../panel.ts").Panel<unknown>;
