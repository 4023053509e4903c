/** Whether a host is this machine by its name alone, as an address or an option writes it; nobody is asked. */
export const isLoopbackName = (host: string): boolean => /^(?:localhost|127(?:\.\d+){3}|::1|\[::1\])$/.test(host);
