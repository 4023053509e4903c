import { defineCommand } from './define.ts';
export const doctor = defineCommand({ name: 'doctor', about: '', options: {}, run: async () => 0 });
