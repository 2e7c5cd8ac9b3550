export declare const messagePanel: import("../panel.ts").Panel<unknown>;
