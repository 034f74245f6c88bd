import { create } from 'zustand';
import { bus } from './bus.js';

const MAX_ERRORS = 1000;
const MAX_NOTICES = 1000;

interface State {
  errors: string[];
  notices: string[];
}

export const useStore = create<State>(() => ({
  errors: [],
  notices: [],
}));

bus.on('error', (error: string) => {
  useStore.setState((state) => ({ errors: [...state.errors, error].slice(-MAX_ERRORS) }));
});

bus.on('notice', (notice: string) => {
  useStore.setState((state) => ({ notices: [notice, ...state.notices].slice(0, MAX_NOTICES) }));
});
