export declare const diagramPanel: import("../panel.ts").Panel<unknown>;
