/** Routes of the module identity, keyed 'METHOD /path'. */
export const identityRoutes = {} as const;
