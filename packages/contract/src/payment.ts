/** Routes of the module payment, keyed 'METHOD /path'. */
export const paymentRoutes = {} as const;
