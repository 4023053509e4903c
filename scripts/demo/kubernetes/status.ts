/** What an API server says in place of an answer. */
export type Refusal = { code: number; reason: string; message: string };

/** The refusal in the shape in which Kubernetes gives every one. */
export const toStatus = ({ code, reason, message }: Refusal) => ({
  kind: 'Status',
  apiVersion: 'v1',
  metadata: {},
  status: 'Failure',
  message,
  reason,
  code,
});

export const unauthorised: Refusal = { code: 401, reason: 'Unauthorized', message: 'Unauthorized' };
export const expired: Refusal = {
  code: 410,
  reason: 'Expired',
  message: 'The provided continue parameter is too old to display a consistent list result.',
};
export const notAllowed: Refusal = {
  code: 405,
  reason: 'MethodNotAllowed',
  message: 'the server does not allow this method on the requested resource',
};

export const notFound = (resource: string, name: string): Refusal => ({
  code: 404,
  reason: 'NotFound',
  message: `${resource} "${name}" not found`,
});
export const badRequest = (message: string): Refusal => ({ code: 400, reason: 'BadRequest', message });
export const forbidden = (resource: string, group: string): Refusal => ({
  code: 403,
  reason: 'Forbidden',
  message: `${resource} is forbidden: User "system:serviceaccount:portolan:portolan" cannot list resource "${resource}" in API group "${group}" at the cluster scope`,
});
