export declare const windowPanel: import("../panel.ts").Panel<unknown>;
