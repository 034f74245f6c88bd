import { create } from 'zustand';
import { bus } from './bus.js';

interface State {
  errors: string[];
  notices: string[];
}

export const useStore = create<State>(() => ({
  errors: [],
  notices: [],
}));

bus.on('error', (error: string) => {
  useStore.setState((state) => ({ errors: [...state.errors, error] }));
});

bus.on('notice', (notice: string) => {
  useStore.setState((state) => ({ notices: [notice, ...state.notices] }));
});
