export declare const streamPanel: import("../panel.ts").Panel<unknown>;
