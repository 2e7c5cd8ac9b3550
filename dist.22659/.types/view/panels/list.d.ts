export declare const listPanel: import("../panel.ts").Panel<unknown>;
