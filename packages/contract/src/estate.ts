/** Routes of the module estate, keyed 'METHOD /path'. */
export const estateRoutes = {} as const;
