export declare const glossaryPanel: import("../panel.ts").Panel<unknown>;
