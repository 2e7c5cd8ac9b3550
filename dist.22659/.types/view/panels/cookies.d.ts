export declare const cookiesPanel: import("../panel.ts").Panel<unknown>;
