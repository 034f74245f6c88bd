export function createThrottle(pause: number) {
	const resting = new Set<string>();
	const restingTimeouts = new Map<string, number>();

	return {
		tryToPass(visitor: string): boolean {
			if (resting.has(visitor)) {
				return false;
			}
			resting.add(visitor);
			window.clearTimeout(restingTimeouts.get(visitor));
			const timeout = window.setTimeout(() => {
				if (restingTimeouts.get(visitor) === timeout) {
					restingTimeouts.delete(visitor);
				}
				resting.delete(visitor);
			}, pause);
			restingTimeouts.set(visitor, timeout);
			return true;
		},
		forgive: (visitor: string) => {
			window.clearTimeout(restingTimeouts.get(visitor));
			restingTimeouts.delete(visitor);
			return resting.delete(visitor);
		},
		forgiveAll() {
			for (const timeout of restingTimeouts.values()) {
				window.clearTimeout(timeout);
			}
			restingTimeouts.clear();
			resting.clear();
		},
	};
}
