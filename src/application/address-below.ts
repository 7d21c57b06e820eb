/** An address below another one, whether that ends with a slash or not. @param path begins with a slash. */
export const addressBelow = (base: string, path: string): string => `${base.replace(/\/+$/, '')}${path}`;
