import { PortalError } from '../portal-error.ts';

/** Publishing was possible and is not wanted: a rule, or somebody else's turn. The command ends with 1. */
export class PublishRefusal extends PortalError {}
