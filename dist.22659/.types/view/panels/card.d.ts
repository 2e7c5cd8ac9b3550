export declare const cardPanel: import("../panel.ts").Panel<unknown>;
