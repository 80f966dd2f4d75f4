import js from "@eslint/js";
import globals from "globals";

export default [
    { ignores: [".run/**", "node_modules/**"] },
    js.configs.recommended,
    {
        files: ["addons/**/*.js"],
        languageOptions: {
            ecmaVersion: 2024,
            sourceType: "module",
            globals: { ...globals.browser, odoo: "readonly", luxon: "readonly" },
        },
        rules: {
            "no-unused-vars": ["error", { args: "none" }],
            "no-undef": "error",
            "prefer-const": "error",
            "no-var": "error",
            eqeqeq: ["error", "always", { null: "ignore" }],
            curly: "error",
            "no-restricted-properties": [
                "error",
                { object: "document", property: "querySelector", message: "Use a t-ref." },
            ],
        },
    },
];
