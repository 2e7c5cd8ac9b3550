export declare const graphPanel: import("../panel.ts").Panel<unknown>;
