// What an import of a theme is to TypeScript: nothing but its effect.
export {};
