/** Routes of the module cashier, keyed 'METHOD /path'. */
export const cashierRoutes = {} as const;
