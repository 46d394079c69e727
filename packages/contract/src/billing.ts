/** Routes of the module billing, keyed 'METHOD /path'. */
export const billingRoutes = {} as const;
