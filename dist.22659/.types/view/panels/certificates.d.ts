export declare const certificatesPanel: import("../panel.ts").Panel<unknown>;
