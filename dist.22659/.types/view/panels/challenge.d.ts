export declare const challengePanel: import("../panel.ts").Panel<unknown>;
